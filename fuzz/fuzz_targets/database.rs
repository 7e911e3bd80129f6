//! Any bytes as a file, and as sections with fitting hashes.
#![no_main]

use std::io::Write;
use std::os::fd::AsFd;

use libfuzzer_sys::fuzz_target;
use ringfence::database::{Database, SectionId};
use ringfence::screening::{Call, NoMemory, Settings, explain};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;

fn read(bytes: &[u8]) {
    // Through a map of the middle of a file, as from an APK.
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(&[0xA5; 13]).expect("written");
    file.write_all(bytes).expect("written");
    let mapped = Database::from_descriptor(file.as_fd(), 13, bytes.len() as u64);
    let owned = Database::from_bytes(bytes.to_vec());
    assert_eq!(mapped.is_ok(), owned.is_ok());
    let Ok(database) = mapped else { return };
    let _ = database.verify();
    for number in [
        "07700 900123",
        "+1 876 512 3456",
        "112",
        "sip:a@b",
        "8 912 345 67 89",
    ] {
        for home in ["GB", "RU"] {
            let call = Call::incoming(number).at_home(home.parse().expect("a region"));
            let _ = explain(&call, &Settings::default(), &NoMemory, &database, 0);
        }
    }
}

fuzz_target!(|input: (Vec<u8>, Vec<u8>, Vec<u8>)| {
    let (file, mut plan, mut ranges) = input;
    read(&file);
    plan.push(0);
    ranges.push(0);
    let release = Release {
        name: "fuzz".to_owned(),
        issued: 0,
    };
    let sections = [(SectionId::PLAN, plan), (SectionId::RANGES, ranges)];
    read(&file::write(&release, &sections).expect("it fits"));
});
