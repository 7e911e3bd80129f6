//! The check after a call: the founding calls, their look-alikes, every
//! script, and how answers and notes work together.

mod common;

use ringfence::check::guide::{Do, EvidenceGroup, ScriptKind};
use ringfence::check::{Answers, Assessment, Checker, PartOf, Reply, Report, Verdict};
use ringfence::database::Database;
use ringfence::number::Region;

/// Checks a note from Britain without answers.
fn check<'a>(checker: &Checker<'a>, note: &str) -> Assessment<'a> {
    with(checker, note, &Answers::new())
}

fn with<'a>(checker: &Checker<'a>, note: &str, answers: &Answers) -> Assessment<'a> {
    let report = Report {
        note,
        language: None,
        text_language: None,
        region: Some("GB".parse::<Region>().expect("a region")),
        answers,
    };
    checker.check(&report).expect("the database is sound")
}

fn answers(database: &Database, given: &[(&str, &str)]) -> Answers {
    let guide = database.guide().expect("there is a guide");
    let mut answers = Answers::new();
    for (asked, reply) in given {
        answers
            .set(&guide, asked, reply)
            .expect("it can be answered");
    }
    answers
}

fn script(assessment: &Assessment<'_>) -> &'static str {
    // Ids live as long as the database; for messages a leak does no harm.
    assessment
        .script
        .map_or("none", |best| String::leak(best.script.id.to_owned()))
}

fn flags(assessment: &Assessment<'_>) -> Vec<String> {
    let flags = assessment.red_flags.iter();
    flags.map(|flag| flag.evidence.id.to_owned()).collect()
}

fn actions(assessment: &Assessment<'_>) -> Vec<String> {
    let actions = assessment.actions.iter();
    actions
        .map(|action| action.evidence.id.to_owned())
        .collect()
}

/// The two calls that the project began with, told at each of their stages.
#[test]
fn founding_calls_are_told_at_every_stage() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let renewal = [
        "A recording said my Amazon Prime is going up to 79 pounds",
        "automated call, prime membership about to expire, press 1 to cancel",
        "I pressed 1 to cancel Prime and was put through to an account manager",
        "Amazon Prime cancellations, second man wanted me to download AnyDesk to stop the renewal",
        "to cancel my Prime he had me put AnyDesk on and log in to my bank to see the refund",
        "Amazon Prime renewal call. They got on my computer, opened my bank and took 3,000 pounds",
    ];
    let payments = [
        "Amazon Prime security said there were payments I never made",
        "Amazon security: someone bought an iPhone on my account, press 1 to speak to an agent",
        "A man from Amazon fraud said a phone was ordered in my name and wanted AnyDesk on my laptop to stop it",
        "Amazon security, payments I never made. He got on my computer and had me open my online bank",
    ];
    for (id, stages) in [
        ("amazon_prime_renewal", renewal.as_slice()),
        ("amazon_unauthorised_purchase", &payments),
    ] {
        for note in stages {
            let found = check(&checker, note);
            assert_eq!(found.verdict, Verdict::Scam, "{note}");
            assert_eq!(script(&found), id, "{note}");
            assert!(
                found.stage.is_some() && !found.red_flags.is_empty(),
                "{note}"
            );
        }
    }
}

#[test]
fn founding_call_names_its_flags_and_puts_the_bank_first() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let note = "They said my Amazon Prime was going up so I pressed 1 to cancel and a man had me download AnyDesk";
    let found = check(&checker, note);
    assert_eq!(script(&found), "amazon_prime_renewal");
    assert!(found.probability > 0.95);
    let flag = |id: &str| found.red_flags.iter().find(|flag| flag.evidence.id == id);
    for id in [
        "price_rise_or_renewal",
        "press_key",
        "remote_access_request",
    ] {
        assert!(flag(id).is_some(), "{id} is missing: {:?}", flags(&found));
    }
    let words = flag("remote_access_request").and_then(|flag| flag.span.clone());
    assert!(note[words.expect("words show it")].contains("AnyDesk"));
    assert!(actions(&found).contains(&"installed_app".to_owned()));
    let steps: Vec<&str> = found.advice.iter().map(|step| step.id).collect();
    assert_eq!(&steps[..2], ["disconnect", "ring_bank"], "{steps:?}");
    assert_eq!(found.advice[1].action, Some(Do::Dial("159")));
    assert!(found.advice[..2].iter().all(|step| step.is_urgent()));
}

#[test]
fn look_alikes_of_the_founding_calls_are_no_scams() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    for note in [
        "I asked Amazon to ring me from the app about a missing parcel, they rang and sorted the refund to my card",
        "Amazon driver at the door asked for the delivery code and I read it to him",
        "Virgin Media retention called after I said I was leaving, offered me less a month, asked for nothing, will e-mail it",
        "My nephew put TeamViewer on so he can fix the printer for me",
        "The bank's fraud team told me to hang up and ring 159, they asked for nothing",
        "My friend told me about a scam where they say your Prime is going up and want AnyDesk",
    ] {
        let found = check(&checker, note);
        assert_ne!(
            found.verdict,
            Verdict::Scam,
            "{note}: {}",
            found.probability
        );
    }
}

#[test]
fn who_did_what_matters() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let refused = check(&checker, "he wanted me to install AnyDesk but I refused");
    assert_eq!(refused.verdict, Verdict::Scam);
    assert!(actions(&refused).is_empty(), "{:?}", actions(&refused));
    let did = check(
        &checker,
        "he wanted me to install AnyDesk and I did, then he was on my screen",
    );
    assert!(!actions(&did).is_empty());
    let bank = check(&checker, "my bank said never read the code to anyone");
    assert_ne!(bank.verdict, Verdict::Scam, "{}", bank.probability);
    let caller = check(&checker, "my bank said to read them the code I was texted");
    assert!(caller.probability > bank.probability);
}

#[test]
fn the_founding_call_is_known_in_nine_languages() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    for (tag, note) in [
        (
            "en",
            "Amazon Prime was going up, pressed 1 to cancel and a man had me download AnyDesk",
        ),
        (
            "fr",
            "Amazon Prime allait augmenter, j'ai tapé 1 pour annuler et un monsieur m'a fait installer AnyDesk",
        ),
        (
            "de",
            "Amazon Prime sollte teurer werden, ich habe die 1 gedrückt und ein Mann ließ mich AnyDesk installieren",
        ),
        (
            "es",
            "Me dijeron que Amazon Prime subía, pulsé 1 para cancelar y un hombre me hizo instalar AnyDesk",
        ),
        (
            "it",
            "Amazon Prime aumentava, ho premuto 1 per annullare e un uomo mi ha fatto installare AnyDesk",
        ),
        (
            "pt",
            "Disseram que o Amazon Prime ia aumentar, carreguei no 1 para cancelar e um homem mandou-me instalar o AnyDesk",
        ),
        (
            "nl",
            "Amazon Prime werd duurder zeiden ze, ik drukte op 1 om op te zeggen en een man liet mij AnyDesk installeren",
        ),
        (
            "pl",
            "Powiedzieli że Amazon Prime drożeje, nacisnąłem 1 żeby anulować i pan kazał mi zainstalować AnyDesk",
        ),
        (
            "hi-Latn",
            "bola Amazon Prime ka paisa badh raha hai, cancel karne ke liye 1 dabaya aur ek aadmi ne mujhse AnyDesk download karwaya",
        ),
    ] {
        let found = check(&checker, note);
        assert_eq!(found.language.tag(), tag, "{note}");
        assert_eq!(
            found.verdict,
            Verdict::Scam,
            "{note}: {}",
            found.probability
        );
        assert_eq!(script(&found), "amazon_prime_renewal", "{note}");
    }
}

/// Every scam is found from its own description and by taps alone.
#[test]
fn every_script_is_reached_from_its_description_and_by_taps() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let guide = *checker.guide();
    for item in guide.scripts() {
        let item = item.expect("a script");
        if item.kind == ScriptKind::Genuine {
            continue;
        }
        let found = check(&checker, item.summary);
        assert_eq!(script(&found), item.id, "from its description");
        // Yes to what its callers most often say and want.
        let likelihoods = guide.likelihoods(item.index).expect("a row");
        let mut likely: Vec<_> = guide
            .all_evidence()
            .map(|evidence| evidence.expect("evidence"))
            .filter(|evidence| evidence.group != EvidenceGroup::Action)
            .map(|evidence| (likelihoods.get(evidence.index).unwrap_or(0.0), evidence))
            .collect();
        likely.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut answers = Answers::new();
        for (_, evidence) in likely.iter().take(6) {
            answers.reply(evidence.index, Reply::Yes);
        }
        let found = with(&checker, "", &answers);
        assert_eq!(found.verdict, Verdict::Scam, "{} by taps", item.id);
        assert_eq!(script(&found), item.id, "by taps");
    }
}

#[test]
fn answers_work_in_any_order_and_agree_with_a_note() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let given = [
        ("who", "shop"),
        ("about_shop", "membership"),
        ("wanted", "device"),
        ("remote_access_request", "yes"),
        ("gift_cards", "no"),
        ("pressure", "unsure"),
    ];
    let mut backwards = given;
    backwards.reverse();
    let one = with(&checker, "", &answers(&database, &given));
    let other = with(&checker, "", &answers(&database, &backwards));
    assert_eq!(one.probability.to_bits(), other.probability.to_bits());
    assert_eq!(one.parts, other.parts);
    assert_eq!(
        (one.verdict, script(&one)),
        (Verdict::Scam, "amazon_prime_renewal")
    );
    let note = "prime renewal, he wanted AnyDesk on my computer to cancel it";
    let told = check(&checker, note);
    let both = with(&checker, note, &answers(&database, &given));
    assert_eq!((told.verdict, script(&told)), (both.verdict, script(&both)));
    assert!(both.probability >= told.probability - 0.05);
}

#[test]
fn parts_add_up_to_the_probability() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let answers = answers(&database, &[("how", "recording"), ("urgency", "yes")]);
    for note in ["", "someone about my pension", "mum rang about dinner"] {
        let found = with(&checker, note, &answers);
        let sum: f32 = found.parts.iter().map(|part| part.log_odds).sum();
        let logit = (found.probability / (1.0 - found.probability)).ln();
        assert!((sum - logit).abs() < 0.02, "{sum} and {logit}");
        let named = |id: &str| PartOf::Answer(id.to_owned());
        for id in ["how", "urgency"] {
            assert!(found.parts.iter().any(|part| part.of == named(id)));
        }
    }
}

#[test]
fn questions_stop_after_six_and_first_ask_what_helps() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let mut answers = Answers::new();
    for asked in 0.. {
        let found = with(&checker, "", &answers);
        let Some(question) = found.next_question else {
            assert!(asked > 2, "it stopped after {asked}");
            break;
        };
        assert!(asked < 6, "a seventh question");
        let guide = database.guide().expect("a guide");
        answers
            .set(&guide, question.id, "unsure")
            .expect("it is asked");
    }
    assert_eq!(with(&checker, "", &answers).verdict, Verdict::Unsure);
    // A note that tells all leaves nothing to ask about the call.
    let told = check(
        &checker,
        "Amazon Prime renewal, pressed 1, he got on my computer with AnyDesk and sent 2,000 from my bank",
    );
    assert!(told.next_question.is_none(), "{:?}", told.next_question);
}

#[test]
fn a_strong_flag_is_never_called_clear() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let answers = answers(
        &database,
        &[
            ("known_person", "yes"),
            ("expected_call", "yes"),
            ("about_everyday", "yes"),
            ("nothing_asked", "yes"),
            ("asks_otp", "yes"),
        ],
    );
    let found = with(&checker, "", &answers);
    assert_ne!(found.verdict, Verdict::Clear, "{}", found.probability);
    assert!(found.advice.iter().any(|step| step.id == "safe_next_step"));
}

/// Answers alone, however harmless the call looks: what was done can cost
/// money.
#[test]
fn who_gave_something_away_is_never_told_that_all_is_fine() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let harmless = [
        ("expected_call", "yes"),
        ("nothing_asked", "yes"),
        ("known_person", "yes"),
        ("who", "person"),
    ];
    assert_eq!(
        with(&checker, "", &answers(&database, &harmless)).verdict,
        Verdict::Clear
    );
    for done in [
        ("gave_bank_login", "yes"),
        ("done", "hand_over"),
        ("done", "device"),
    ] {
        let given: Vec<_> = harmless.iter().copied().chain([done]).collect();
        let found = with(&checker, "", &answers(&database, &given));
        assert_eq!(found.verdict, Verdict::Unsure, "{done:?}");
    }
}

#[test]
fn answers_overrule_and_are_named_once() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let twice = [("wanted", "device"), ("remote_access_request", "yes")];
    let found = with(
        &checker,
        "he wanted AnyDesk on my laptop",
        &answers(&database, &twice),
    );
    let flags = flags(&found);
    let count = flags
        .iter()
        .filter(|id| *id == "remote_access_request")
        .count();
    assert_eq!(count, 1, "{flags:?}");
    let denied = with(
        &checker,
        "he wanted AnyDesk on my laptop",
        &answers(&database, &[("remote_access_request", "no")]),
    );
    let denied = self::flags(&denied);
    assert!(
        !denied.contains(&"remote_access_request".to_owned()),
        "{denied:?}"
    );
    // An option that stands for several things is no fact, but guides advice.
    let several = answers(
        &database,
        &[
            ("wanted", "hand_over"),
            ("who", "authority"),
            ("done", "hand_over"),
        ],
    );
    let found = with(&checker, "", &several);
    assert!(found.actions.is_empty() && found.red_flags.is_empty());
    let steps: Vec<&str> = found.advice.iter().map(|step| step.id).collect();
    assert!(
        steps.contains(&"ring_bank") && steps.contains(&"gift_card_issuer"),
        "{steps:?}"
    );
}

#[test]
fn refusals_and_denials_are_no_actions() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    for note in [
        "they wanted the code from my phone, I never gave it",
        "he asked for my card number but I said no",
        "wanted me to transfer 500 pounds and I nearly did it",
        "sollte die TAN sagen, habe ich nicht gesagt",
    ] {
        let found = check(&checker, note);
        assert!(actions(&found).is_empty(), "{note}: {:?}", actions(&found));
        let bank = found
            .advice
            .iter()
            .position(|step| step.id == "ring_bank_if");
        assert!(bank.is_none_or(|place| place < 3), "{note}");
    }
}

/// The core asks for these concepts by name; without one of them a rule of
/// the check would silently stop working.
#[test]
fn the_lexicon_has_the_concepts_that_the_core_names() {
    let database = common::bundled();
    let lexicon = database.lexicon().expect("there is a lexicon");
    for name in [
        "clause",
        "common",
        "i",
        "i_did",
        "me",
        "money_amount",
        "nearly",
        "not",
        "reassured",
        "refused",
        "remote_tool",
        "they",
        "uncertain",
    ] {
        assert!(lexicon.concept(name).is_some(), "{name}");
    }
}

#[test]
fn advice_follows_the_country() {
    let database = common::bundled();
    let checker = Checker::new(&database).expect("it checks");
    let answers = Answers::new();
    let mut reports = Vec::new();
    for region in [
        "GB", "US", "CA", "AU", "IN", "IE", "NZ", "FR", "DE", "ES", "IT", "PT", "NL", "PL", "ZA",
    ] {
        let report = Report {
            note: "bank fraud team had me move my savings to a safe account and I sent it",
            language: None,
            text_language: None,
            region: Some(region.parse::<Region>().expect("a region")),
            answers: &answers,
        };
        let found = checker.check(&report).expect("it checks");
        assert!(
            found
                .advice
                .iter()
                .take(4)
                .any(|step| step.id == "ring_bank"),
            "{region}"
        );
        let report = found.advice.iter().find(|step| step.id == "report");
        reports.push(report.expect("where to report").text);
    }
    reports.sort_unstable();
    reports.dedup();
    assert!(
        reports.len() >= 13,
        "countries report in places of their own: {reports:?}"
    );
}
