//! Whatever is asked of an organization is answered: every duty, area, person and team, all of it or of one product.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit::audit::{Selection, audit};
use roleaudit::review::{Wanted, review};
use roleaudit::sections::Filter;
use roleaudit::settings::Settings;
use roleaudit::who::{Query, actor, alone, duty};
use roleaudit::{advise, export, matrix};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{DAYS, sources};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let sources = sources(bytes);
    let Ok(linked) = roleaudit::load(&sources, DAYS) else { return Corpus::Reject };
    let org = &linked.org;
    let settings = Settings::default();
    advise::advise(org, &settings.numbers, &sources);
    let of_product = org.products().next().map(|(product, _)| Filter { products: vec![product], teams: Vec::new() });
    let of_team = org.teams().last().map(|(team, _)| Filter { products: Vec::new(), teams: vec![team] });
    let all = audit(org, &settings, &Selection::default(), &sources);
    for filter in [Some(Filter::default()), of_product, of_team].into_iter().flatten() {
        let (duties, actors) = Query::words(org);
        for word in duties.iter().map(String::as_str).chain(actors) {
            match Query::of(word, org) {
                Ok(Query::Actor(who)) => _ = actor::actor(org, who, &filter),
                Ok(query) => _ = duty::duties(org, &query, &filter, &sources),
                Err(several) => assert!(several.len() > 1, "{word} asks about nothing"),
            }
        }
        alone::alone(org, &filter);
        matrix::matrix(org, &filter);
        export::export(org, &filter);
        let selection = Selection { filter: filter.clone(), ..Selection::default() };
        let report = audit(org, &settings, &selection, &sources);
        let is_known = |message: &String| all.findings.iter().any(|finding| finding.message == *message);
        assert!(report.findings.iter().all(|finding| is_known(&finding.message)), "a filter adds a finding");
        review(org, &settings.numbers, report, None, &Wanted { filter, ..Wanted::default() });
    }
    Corpus::Keep
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
