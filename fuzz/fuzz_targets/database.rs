//! Any bytes as a file, and as sections with fitting hashes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringfence::database::{Database, SectionId};
use ringfence::screening::{Call, NoMemory, Settings, explain};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;

fn read(bytes: Vec<u8>) {
    let Ok(database) = Database::from_bytes(bytes) else {
        return;
    };
    let _ = database.verify();
    for number in ["07700 900123", "+1 876 512 3456", "112", "sip:a@b", "8 912 345 67 89"] {
        for home in ["GB", "RU"] {
            let call = Call::incoming(number).at_home(home.parse().expect("a region"));
            let _ = explain(&call, &Settings::default(), &NoMemory, &database, 0);
        }
    }
}

fuzz_target!(|input: (Vec<u8>, Vec<u8>, Vec<u8>)| {
    let (file, mut plan, mut ranges) = input;
    read(file);
    plan.push(0);
    ranges.push(0);
    let release = Release {
        name: "fuzz".to_owned(),
        issued: 0,
    };
    let sections = [(SectionId::PLAN, plan), (SectionId::RANGES, ranges)];
    read(file::write(&release, &sections).expect("it fits"));
});
