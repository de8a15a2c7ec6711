//! The words that stand for themselves in a team file, each with its meaning: the other half of the field table.

use super::table::words;

words! {
    /// How far an organization has grown.
    OrganizationStage {
        /// A young company that still looks for its market.
        "startup" => Startup,
        /// A company that adds products and teams.
        "growing" => Growing,
        /// A company with many products and teams.
        "large" => Large,
    }
}

words! {
    /// Whether an actor is one person.
    PersonKind {
        /// One person.
        "person" => Person,
        /// Several people under one name, who are no final call.
        "group" => Group,
    }
}

words! {
    /// A position outside the product seats.
    Position {
        /// Founded the company.
        "founder" => Founder,
        /// Leads a department or the company.
        "leader" => Leader,
        /// Has a stake in the product without working on it.
        "stakeholder" => Stakeholder,
        /// Builds the product.
        "developer" => Developer,
    }
}

words! {
    /// Where in its life a product is.
    ProductStage {
        /// Not being built yet.
        "idea" => Idea,
        /// Being built, not released.
        "building" => Building,
        /// In use.
        "live" => Live,
        /// No longer offered; loaded, not audited.
        "retired" => Retired,
    }
}

words! {
    /// What a roadmap's choices are based on.
    Basis {
        /// The results aimed at.
        "outcomes" => Outcomes,
        /// What customers were seen to need.
        "customer-evidence" => CustomerEvidence,
        /// Research into market and use.
        "research" => Research,
        /// How well it fits the strategy.
        "strategic-fit" => StrategicFit,
        /// The effect expected.
        "impact" => Impact,
        /// The goals of the company.
        "goals" => Goals,
        /// What was promised by contract.
        "contract" => Contract,
        /// What was asked for.
        "requests" => Requests,
        /// What executives would like.
        "executive-preference" => ExecutivePreference,
        /// Who has most weight.
        "influence" => Influence,
        /// What is most urgent.
        "urgency" => Urgency,
        /// What competitors offer.
        "competitor-copy" => CompetitorCopy,
    }
}

words! {
    /// What kind of measure a metric is.
    MetricKind {
        /// What changes for customers or the business.
        "outcome" => Outcome,
        /// How much is done.
        "activity" => Activity,
        /// Whether plans are kept.
        "delivery" => Delivery,
    }
}

words! {
    /// What a team is built around.
    Alignment {
        /// A product, from end to end.
        "product" => Product,
        /// A platform that other teams use.
        "platform" => Platform,
        /// A technology, such as the database.
        "technology" => Technology,
        /// A part of the system.
        "component" => Component,
    }
}

words! {
    /// What kind of meeting an entry of the rhythm is.
    MeetingKind {
        /// A talk.
        "meeting" => Meeting,
        /// A look at what was built.
        "review" => Review,
        /// Work on backlog items.
        "refinement" => Refinement,
        /// A talk with customers.
        "interview" => Interview,
        /// Work passed on in documents.
        "handoff" => Handoff,
    }
}

words! {
    /// The role of an opening.
    Role {
        /// A product manager.
        "product-manager" => ProductManager,
        /// A product owner.
        "product-owner" => ProductOwner,
        /// A product marketing manager.
        "product-marketing-manager" => ProductMarketingManager,
        /// A project manager.
        "project-manager" => ProjectManager,
        /// A Scrum Master.
        "scrum-master" => ScrumMaster,
        /// A developer.
        "developers" => Developers,
    }
}

words! {
    /// The gap that an opening is to close.
    Gap {
        /// Too little contact with customers.
        "customer-discovery" => CustomerDiscovery,
        /// Nobody shapes the roadmap.
        "roadmap-ownership" => RoadmapOwnership,
        /// Developers wait for answers.
        "faster-answers" => FasterAnswers,
        /// Nobody has time for the backlog.
        "backlog-time" => BacklogTime,
        /// Launches are not coordinated.
        "launch-coordination" => LaunchCoordination,
    }
}

words! {
    /// Where the decider of a company's own duty is looked up.
    DutyLevel {
        /// Once per product.
        "product" => Product,
        /// Once per team.
        "team" => Team,
        /// Once for the organization.
        "organization" => Organization,
    }
}
