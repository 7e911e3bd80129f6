//! The policy: what must hold for every call.

mod common;

use common::screening::{DAY, NOW, Remembered, assert_same_explained, in_mode, region};
use proptest::prelude::*;
use ringfence::number::Region;
use ringfence::screening::{
    Action, Call, Caller, Category, Direction, Familiarity, ListEntry, Mode, NoMemory, Rule,
    Settings, Switch, Verification, screen,
};

/// What callers may show: numbers in many forms, and anything else.
fn shown() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\+?[0-9]{0,20}",
        "(\\+44|0|0044|\\+1|\\+33|00)[0-9]{6,11}",
        "\\+44(7700900|207946|70|76|9)[0-9]{3,8}",
        "\\PC{0,40}",
        "(tel:|sip:)?\\+?[0-9 ().-]{0,20}(;ext=|x|@|;phone-context=)?[0-9a-z.+]{0,8}",
        Just("anonymous".to_owned()),
        Just("112".to_owned()),
    ]
}

fn homes() -> impl Strategy<Value = Option<Region>> {
    const CODES: [&str; 9] = ["GB", "US", "FR", "IT", "AR", "BR", "JM", "TN", "ZZ"];
    prop::option::of(prop::sample::select(&CODES[..]).prop_map(region))
}

fn modes() -> impl Strategy<Value = Mode> {
    prop::sample::select(&[Mode::Gentle, Mode::Standard, Mode::Strict][..])
}

fn verifications() -> impl Strategy<Value = Verification> {
    use Verification::{Failed, NotVerified, Passed};
    prop::sample::select(&[NotVerified, Passed, Failed][..])
}

fn entries() -> impl Strategy<Value = Vec<ListEntry>> {
    const ALL: [&str; 8] = [
        "+447700900123",
        "+44*",
        "+4477*",
        "+1*",
        "region:GB",
        "region:FR",
        "kind:mobile",
        "kind:unknown",
    ];
    let entry = prop::sample::select(&ALL[..]).prop_map(|text| text.parse().expect("an entry"));
    prop::collection::vec(entry, 0..5)
}

fn any_settings() -> impl Strategy<Value = Settings> {
    use Switch::{Off, Reject, Silence, Warn};
    let switch = prop::option::of(prop::sample::select(&[Off, Warn, Silence, Reject][..]));
    let switches = prop::collection::vec(switch, Category::ALL.len());
    (modes(), switches, entries(), entries()).prop_map(|(mode, switches, allow, block)| {
        let mut settings = Settings {
            mode,
            allow,
            block,
            ..Settings::default()
        };
        for (&category, switch) in Category::ALL.iter().zip(switches) {
            // Some categories have no switch.
            let _ = settings.switches.set(category, switch);
        }
        settings
    })
}

fn memories() -> impl Strategy<Value = Remembered> {
    use Familiarity::{Called, MarkedFine, SpokenWith};
    let familiarity = prop::option::of(prop::sample::select(&[Called, SpokenWith, MarkedFine][..]));
    let then = || {
        prop::option::of(prop_oneof![
            NOW - 400_000..NOW + 1000,
            Just(0),
            Just(u64::MAX)
        ])
    };
    (familiarity, then(), then()).prop_map(|(familiarity, last_call, last_scam)| Remembered {
        familiarity,
        last_call,
        last_scam,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn whatever_comes_is_answered_and_explained(
        number in shown(),
        home in homes(),
        verification in verifications(),
        outgoing in any::<bool>(),
        settings in any_settings(),
        memory in memories(),
        now in prop_oneof![Just(NOW), any::<u64>()],
    ) {
        let direction = if outgoing { Direction::Outgoing } else { Direction::Incoming };
        let call = Call { verification, direction, home, ..Call::incoming(&number) };
        let database = common::bundled();
        let verdict = screen(&call, &settings, &memory, &database, now);
        prop_assert!(verdict.confidence <= 100);
        if settings.mode == Mode::Gentle {
            prop_assert!(verdict.action < Action::Reject, "gentle never rejects");
        }
        if outgoing {
            prop_assert!(verdict.action <= Action::Warn, "outgoing calls are never stopped");
        }
        if Caller::of(&call, &database) == Caller::Emergency {
            prop_assert_eq!(verdict.action, Action::Allow);
        }
        assert_same_explained(&verdict, &call, &settings, &memory, &database, now);

        // The order of lists changes nothing.
        let mut turned = settings.clone();
        turned.allow.reverse();
        let half = turned.block.len() / 2;
        turned.block.rotate_left(half);
        prop_assert_eq!(verdict, screen(&call, &turned, &memory, &database, now));

        // Who is on the allow list always rings.
        if let Some(e164) = Caller::of(&call, &database).e164() {
            let mut allowing = settings.clone();
            allowing.allow.push(ListEntry::Number(*e164));
            let allowed = screen(&call, &allowing, &memory, &database, now);
            prop_assert_eq!((allowed.action, allowed.rule), (Action::Allow, Rule::AllowList));
        }
    }

    #[test]
    fn known_people_are_never_silenced(
        number in shown(),
        home in homes(),
        verification in verifications(),
        mut settings in any_settings(),
        mut memory in memories(),
    ) {
        settings.block.clear();
        // Whom the user only talked with may be faked: those who never ring.
        memory.familiarity = Some(Familiarity::MarkedFine);
        let call = Call { verification, home, ..Call::incoming(&number) };
        let database = common::bundled();
        if Caller::of(&call, &database).e164().is_some() {
            let verdict = screen(&call, &settings, &memory, &database, NOW);
            prop_assert_eq!(verdict.action, Action::Allow);
        }
    }

    #[test]
    fn an_older_database_never_acts_harder(
        number in shown(),
        home in homes(),
        mode in modes(),
        days in 0..8000_u64,
        more in 0..8000_u64,
    ) {
        let call = Call { home, ..Call::incoming(&number) };
        let database = common::bundled();
        let at = |days| screen(&call, &in_mode(mode), &NoMemory, &database, NOW + days * DAY);
        let (young, old) = (at(days), at(days + more));
        prop_assert!(old.action <= young.action && old.confidence <= young.confidence);
    }
}
