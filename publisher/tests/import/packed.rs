//! Packed lists.

use std::io::Write;

use ringfence_publisher::import::{Format, Options, Store};

use super::common::{folder, options, reports, take, write};

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("into memory");
    packed.finish().expect("into memory")
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    ruzstd::encoding::compress_to_vec(bytes, level)
}

/// A zstd frame that readers pass over.
fn note() -> Vec<u8> {
    [&[0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0][..], b"hello"].concat()
}

fn text() -> Options {
    Options {
        format: Some(Format::Text),
        ..options()
    }
}

fn keys(bytes: &[u8]) -> Result<Vec<u64>, String> {
    let folder = folder();
    let path = write(folder.path(), "list", bytes);
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    take(&mut store, &path, &text()).map_err(|error| error.to_string())?;
    Ok(reports(&store).iter().map(|report| report.key).collect())
}

fn list(numbers: std::ops::Range<u32>) -> Vec<u8> {
    numbers
        .flat_map(|number| format!("+1202555{number:04}\n").into_bytes())
        .collect()
}

#[test]
fn packed_lists_are_told_by_their_bytes() {
    let (first, second) = (list(100..150), list(150..200));
    let whole = keys(&[first.clone(), second.clone()].concat()).expect("a list");
    assert_eq!(whole.len(), 100);
    for pack in [gzip, zstd] {
        let one = pack(&[first.clone(), second.clone()].concat());
        assert_eq!(keys(&one).as_ref(), Ok(&whole));
        // Packed in two parts, one after the other.
        let two = [pack(&first), pack(&second)].concat();
        assert_eq!(keys(&two).as_ref(), Ok(&whole));
    }
    let noted = [note(), zstd(&first), note(), zstd(&second), note()].concat();
    assert_eq!(keys(&noted).as_ref(), Ok(&whole));
    // Long enough that it is unpacked in many steps.
    let long: Vec<u8> = (0..50).flat_map(|_| list(0..10_000)).collect();
    for pack in [gzip, zstd] {
        assert_eq!(keys(&pack(&long)).map(|keys| keys.len()), Ok(10_000));
    }
}

#[test]
fn damaged_packs_say_what_to_do() {
    let lines = list(0..10_000);
    for pack in [gzip, zstd] {
        let whole = pack(&lines);
        for cut in [5, 12, whole.len() / 2, whole.len() - 1] {
            let error = keys(&whole[..cut]).expect_err("it is cut off");
            assert!(error.contains("fetch it again"), "{error}");
        }
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0x55;
        let error = keys(&flipped).expect_err("it is damaged");
        assert!(error.contains("fetch it again"), "{error}");
    }
}
