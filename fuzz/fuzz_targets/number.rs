//! Any text as a caller, with any home region.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use ringfence::database::Database;
use ringfence::screening::{Call, Mode, NoMemory, Settings, explain, screen};

static DATABASE: LazyLock<Database> = LazyLock::new(|| {
    let bytes = include_bytes!("../../data/bundled.rfdb");
    Database::from_static(bytes).expect("the bundled database opens")
});

fuzz_target!(|input: (String, [u8; 2])| {
    let (text, home) = input;
    let home = std::str::from_utf8(&home)
        .ok()
        .and_then(|home| home.parse().ok());
    let plan = DATABASE.plan().expect("a whole plan");
    if let Ok(number) = plan.parse(&text, home)
        && number.is_valid()
    {
        assert_eq!(plan.parse(&number.e164.to_string(), None), Ok(number));
    }
    let call = Call {
        home,
        ..Call::incoming(&text)
    };
    let settings = Settings {
        mode: Mode::Strict,
        ..Settings::default()
    };
    let verdict = screen(&call, &settings, &NoMemory, &DATABASE, 1_795_400_000);
    let explained = explain(&call, &settings, &NoMemory, &DATABASE, 1_795_400_000);
    assert_eq!(verdict, explained.verdict);
});
