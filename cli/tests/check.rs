//! `ringfence check` through the program itself.

mod common;

use common::{folder, json, objects, refusal, ringfence, stdout, with_input};
use serde_json::{Value, json as value};

/// The call this project began with.
const SEED: &str = "They said my Amazon Prime was going up so I pressed 1 to cancel and a man had me download AnyDesk";

fn texts<'v>(list: &'v Value, key: &str) -> Vec<&'v str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|item| item[key].as_str().expect("a text"))
        .collect()
}

/// What stands on both ends of a dialogue over a pipe.
fn dialogue(arguments: &[&str], input: &str) -> (String, String) {
    let output = with_input(&[&["check"], arguments].concat(), input);
    assert_eq!(output.status.code(), Some(0));
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let object = json(&["check", SEED, "--region", "GB", "--json"]);
    let keys: Vec<&str> = object
        .as_object()
        .expect("an object")
        .keys()
        .map(|key| key.as_str())
        .collect();
    let mut expected = vec![
        "verdict",
        "probability",
        "script",
        "alternatives",
        "genuine",
        "stage",
        "red_flags",
        "actions",
        "next_question",
        "advice",
        "lang",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(object["verdict"], "scam");
    assert_eq!(object["script"], "amazon_prime_renewal");
    assert_eq!(object["lang"], "en");
    assert!(object["stage"].is_string());
    let probability = object["probability"].as_f64().expect("a number");
    assert!((0.9..=1.0).contains(&probability));
    for other in object["alternatives"].as_array().expect("a list") {
        assert!(other["script"].is_string() && other["probability"].is_number());
    }
    assert!(object["genuine"]["script"].is_string());
    for flag in object["red_flags"].as_array().expect("a list") {
        let keys: Vec<_> = flag.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["flag", "span", "weight"]);
        assert!(flag["weight"].as_f64().expect("a number") >= 0.0);
    }
    let actions = object["actions"].as_array().expect("a list");
    assert!(actions.contains(&value!("installed_app")), "{actions:?}");
    let dial = value!({"type": "dial", "value": "159"});
    let steps = object["advice"].as_array().expect("a list");
    for step in steps {
        let keys: Vec<_> = step.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["do", "id", "text"]);
    }
    let bank = steps.iter().find(|step| step["id"] == "ring_bank");
    assert_eq!(bank.expect("it is there")["do"], dial);
    let remove = steps.iter().find(|step| step["id"] == "remove_tool");
    let uninstall = value!({"type": "uninstall", "value": "remote_tool"});
    assert_eq!(remove.expect("it is there")["do"], uninstall);
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let text = stdout(&ringfence(&["check", SEED, "--json"]));
    assert!(
        text.starts_with("{\"verdict\":\"scam\",\"probability\":"),
        "{text}"
    );
    assert!(text.ends_with("\"lang\":\"en\"}\n"), "{text}");
}

#[test]
fn spans_point_at_the_words_in_bytes() {
    // Letters of two bytes stand before the words.
    let note = format!("Ä café ☎: {SEED}");
    let object = json(&["check", &note, "--json"]);
    let flags = object["red_flags"].as_array().expect("a list");
    let words = |id: &str| {
        let flag = flags.iter().find(|flag| flag["flag"] == id);
        let span = &flag.expect("it was seen")["span"];
        let bound = |index: usize| span[index].as_u64().expect("a number") as usize;
        note.get(bound(0)..bound(1)).expect("whole letters")
    };
    assert!(words("remote_access_request").contains("AnyDesk"));
    assert!(words("impersonates_brand").contains("Amazon"));
}

#[test]
fn the_device_is_cut_off_before_anything_else_is_done() {
    let object = json(&["check", SEED, "--json"]);
    let advice = texts(&object["advice"], "id");
    let place = |id: &str| advice.iter().position(|step| *step == id);
    let cut = place("disconnect").expect("the step is there");
    assert!(cut <= 1, "{advice:?}");
    for later in ["ring_bank", "remove_tool", "change_passwords", "report"] {
        assert!(place(later).is_none_or(|later| cut < later), "{advice:?}");
    }
    let text = stdout(&ringfence(&["check", SEED, "--region", "GB"]));
    let cut = text.find("flight mode").expect("the step is there");
    assert!(cut < text.find("Ring 159").expect("the step is there"));
}

#[test]
fn the_text_names_script_flags_words_and_steps() {
    let text = stdout(&ringfence(&["check", SEED, "--region", "GB"]));
    assert!(text.starts_with("This was very likely a scam."), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Fake Amazon Prime renewal call.",
        "Chance of a scam: ",
        "What gives it away",
        "They wanted to see or control your device: \"",
        "AnyDesk\"",
        "They used a famous company's name: \"",
        "No bank, shop or office needs your screen.",
        "What to do now 1. ",
        "> Ring 159",
        "look for AnyDesk",
        "reportfraud.police.uk",
    ] {
        assert!(flat.contains(part), "{part}: {text}");
    }
    assert!(!text.contains('\u{1b}'), "no colour over a pipe");
}

#[test]
fn a_call_that_may_be_one_gets_a_safe_step_and_a_question() {
    let note = "a caller asked about my card";
    let text = stdout(&ringfence(&["check", note, "--region", "GB"]));
    for part in [
        "This may have been a scam.",
        "How a genuine call would differ",
        "One question would help: ",
        "=unsure",
        "Not sure",
        "with --answer ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let object = json(&["check", note, "--region", "GB", "--json"]);
    assert_eq!(object["verdict"], "unsure");
    let question = &object["next_question"];
    assert!(text.contains(question["text"].as_str().expect("a text")));
    let (ids, options) = (
        texts(&question["options"], "id"),
        texts(&question["options"], "text"),
    );
    assert!((2..=7).contains(&ids.len()));
    assert!(options.iter().all(|option| !option.is_empty()));
    let answer = format!("{}={}", question["id"].as_str().expect("a text"), ids[0]);
    assert!(text.contains(&answer), "{text}");
    let after = json(&["check", note, "--answer", &answer, "--json"]);
    assert_ne!(after["next_question"]["id"], question["id"]);
    assert_ne!(after["probability"], object["probability"]);
}

#[test]
fn a_genuine_call_is_said_to_be_one() {
    let note = "my gp rang to move my appointment to tuesday";
    let text = stdout(&ringfence(&["check", note]));
    assert!(text.starts_with("Nothing here points to a scam."), "{text}");
    assert!(!text.contains("What gives it away"), "{text}");
    let object = json(&["check", note, "--json"]);
    assert_eq!(object["verdict"], "clear");
    assert_eq!(object["script"], Value::Null);
    assert_eq!(object["stage"], Value::Null);
}

#[test]
fn answers_of_both_kinds_are_taken_in_any_order() {
    let answers = [
        "who=shop",
        "remote_access_request=yes",
        "urgency=no",
        "how=unsure",
    ];
    let check = |answers: &[&str]| {
        let given = answers.iter().flat_map(|answer| ["--answer", answer]);
        json(
            &["check", "--json"]
                .into_iter()
                .chain(given)
                .collect::<Vec<_>>(),
        )
    };
    let object = check(&answers);
    let flag = &object["red_flags"][0];
    assert!(texts(&object["red_flags"], "flag").contains(&"remote_access_request"));
    assert_eq!(flag["span"], Value::Null);
    let mut turned = answers;
    turned.reverse();
    assert_eq!(check(&turned), object);
    let text = stdout(&ringfence(&[
        "check",
        "--answer",
        "remote_access_request=yes",
    ]));
    assert!(
        text.contains("* They wanted to see or control your device.\n"),
        "{text}"
    );
}

/// What a language's file says in a step.
fn step_of(language: &str, id: &str) -> String {
    let file = format!("../data/texts/{language}.toml");
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let file = std::fs::read_to_string(file).expect("it can be read");
    let start = format!("{id} = \"");
    let line = file.lines().find_map(|line| line.strip_prefix(&start));
    let text = line.expect("it has the step").trim_end_matches('"');
    text.to_owned()
}

fn said_of(object: &Value, id: &str) -> String {
    let mut steps = object["advice"].as_array().expect("a list").iter();
    let step = steps.find(|step| step["id"] == id).expect("it is there");
    step["text"].as_str().expect("a text").to_owned()
}

#[test]
fn answers_are_in_the_language_that_is_given() {
    let english = "If they are still on the line, hang up now. You do not have to explain or say \
                   goodbye.";
    let found = |tag: Option<&str>| match tag {
        Some(tag) => json(&["check", SEED, "--json", "--lang", tag]),
        None => json(&["check", SEED, "--json"]),
    };
    assert_eq!(said_of(&found(None), "hang_up"), english);
    assert_eq!(said_of(&found(Some("en-GB")), "hang_up"), english);
    for language in ["de", "es", "fr", "hi", "it", "nl", "pl", "pt"] {
        let wanted = step_of(language, "hang_up");
        assert_eq!(said_of(&found(Some(language)), "hang_up"), wanted);
        let line = value!({"note": SEED, "lang": language}).to_string();
        let output = with_input(&["check", "--batch", "-"], &line);
        assert_eq!(said_of(&objects(&stdout(&output))[0], "hang_up"), wanted);
    }
    let (result, _) = dialogue(&["--lang", "de"], &format!("{SEED}\ns\n"));
    let first = step_of("de", "hang_up");
    let words: Vec<&str> = first.split(' ').take(3).collect();
    assert!(result.contains(&words.join(" ")), "{result}");
}

#[test]
fn language_and_region_are_taken() {
    let note = "Ein Mann von Microsoft wollte, dass ich AnyDesk installiere";
    assert_eq!(json(&["check", note, "--json"])["lang"], "de");
    let object = json(&["check", "AnyDesk", "--lang", "fr-FR", "--json"]);
    assert_eq!(object["lang"], "fr");
    let number = |region: &str| {
        let object = json(&["check", SEED, "--region", region, "--json"]);
        let steps = object["advice"].as_array().expect("a list");
        let bank = steps.iter().find(|step| step["id"] == "ring_bank");
        bank.expect("it is there")["do"]["value"].clone()
    };
    assert_eq!(number("gb"), "159");
    assert_ne!(number("FR"), "159");
}

#[test]
fn a_batch_keeps_order_and_ids() {
    let lines = [
        value!({"id": "a1", "lang": "en", "region": "GB", "note": SEED, "label": "scam", "alt_scripts": [], "kind": null}),
        value!({"id": 2, "text": "my gp rang to move my appointment to tuesday", "lang": null, "region": null}),
        value!({"id": "c", "answers": {"who": "shop", "wanted": "device"}}),
        value!({"note": ""}),
        value!({"id": "d", "note": SEED, "region": "XX", "lang": ""}),
    ];
    let mut input = String::from("\u{feff}");
    for line in &lines {
        input += &format!("{line}\n\n");
    }
    let text = stdout(&with_input(
        &["check", "--batch", "-", "--region", "US"],
        &input,
    ));
    assert!(
        text.starts_with("{\"id\":\"a1\",\"verdict\":\"scam\""),
        "{text}"
    );
    let found = objects(&text);
    let ids: Vec<&Value> = found.iter().map(|object| &object["id"]).collect();
    assert_eq!(
        ids,
        [
            &value!("a1"),
            &value!(2),
            &value!("c"),
            &Value::Null,
            &value!("d")
        ]
    );
    assert_eq!(found[1]["verdict"], "clear");
    assert_eq!(found[2]["red_flags"][0]["flag"], "remote_access_request");
    assert_eq!(found[3]["verdict"], "unsure");
    let mut single = json(&["check", SEED, "--region", "GB", "--lang", "en", "--json"]);
    single["id"] = value!("a1");
    assert_eq!(found[0], single);

    let folder = folder();
    let path = folder.path().join("notes.jsonl");
    std::fs::write(&path, &input).expect("written");
    let path = path.to_str().expect("UTF-8");
    assert_eq!(
        stdout(&ringfence(&["check", "--batch", path, "--region", "US"])),
        text
    );
}

#[test]
fn a_bad_line_is_answered_where_it_stands() {
    let long = "x".repeat(70_000);
    let input = format!(
        "{{\"id\": 1, \"note\": \"hush hush\"}}\nhush hush\n{{\"id\": 2, \"note\": [\"hush\"]}}\n\
         {{\"id\": 3, \"note\": \"hush\", \"region\": \"hush\"}}\n{{\"id\": 4, \"note\": \"hush\", \"lang\": \"hush\"}}\n\
         {{\"id\": 5, \"note\": \"hush\", \"answers\": {{\"hush\": \"yes\"}}}}\n\
         {{\"id\": 6, \"note\": \"hush\", \"answers\": {{\"who\": \"hush\"}}}}\n{{\"id\": 7}}\n{long}\n{{\"id\": 8, \"note\": \"\"}}\n"
    );
    let output = with_input(&["check", "--batch", "-"], &input);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(
        error,
        "ringfence: 8 of 10 lines could not be read, the first is line 2: the output says why in their place\n"
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!text.contains("hush"), "{text}");
    let found = objects(&text);
    assert_eq!(found.len(), 10);
    let expected = [
        (1, Value::Null, "JSON"),
        (2, Value::Null, "JSON"),
        (3, value!(3), "such as GB"),
        (4, value!(4), "en fr de"),
        (5, value!(5), "the questions are who, "),
        (6, value!(6), "who is answered with shop, bank, "),
        (7, value!(7), "neither a note nor answers"),
        (8, Value::Null, "64 KiB"),
    ];
    for (index, id, message) in expected {
        let line = &found[index];
        assert_eq!(line["id"], id, "{line}");
        assert_eq!(line["line"], index + 1);
        assert!(
            line["error"].as_str().expect("a text").contains(message),
            "{line}"
        );
    }
}

#[test]
fn the_dialogue_asks_over_a_pipe() {
    let (result, asked) = dialogue(
        &["--region", "GB"],
        "a man rang about my computer\n1\n1\n1\n1\n1\n1\n1\n",
    );
    assert!(result.starts_with("This "), "{result}");
    assert!(!result.contains("One question would help"), "{result}");
    assert!(
        asked.starts_with("In your own words, what happened? (Enter to skip)\n"),
        "{asked}"
    );
    assert!(
        asked.contains("\n1. ") && !asked.contains("\n7. "),
        "{asked}"
    );
    for part in [
        "   1  ",
        "   0  Not sure\n",
        "   s  Stop and show the result\n",
    ] {
        assert!(asked.contains(part), "{asked}");
    }
    assert!(
        !asked.contains("computer?") && !asked.contains("a man rang"),
        "{asked}"
    );
}

#[test]
fn the_dialogue_stops_when_told_and_at_the_end() {
    let nothing = dialogue(&["--json"], "").0;
    for input in ["\n", "\ns\n1\n", "\nS\n", "\nstop\n"] {
        assert_eq!(dialogue(&["--json"], input).0, nothing, "{input:?}");
    }
    let object: Value = serde_json::from_str(&nothing).expect("one JSON object");
    assert_eq!(object["verdict"], "unsure");
    // The same as the answers one by one.
    let first = object["next_question"]["id"].as_str().expect("a question");
    let option = texts(&object["next_question"]["options"], "id")[1];
    let answer = format!("{first}={option}");
    let said = dialogue(&["--json"], "\r\n2\r\n").0;
    let given = stdout(&ringfence(&["check", "--json", "--answer", &answer]));
    assert_eq!(said, given);
    let unsure = dialogue(&["--json"], "\n0").0;
    let answer = format!("{first}=unsure");
    assert_eq!(
        unsure,
        stdout(&ringfence(&["check", "--json", "--answer", &answer]))
    );
    assert_eq!(
        dialogue(&["--json"], SEED).0,
        stdout(&ringfence(&["check", SEED, "--json"]))
    );
}

#[test]
fn wrong_input_is_asked_for_again() {
    let (result, asked) = dialogue(&["--json"], "\nhush hush\n9\n\n12\n-1\n2\n");
    assert_eq!(
        asked.matches("Type a number from 1 to ").count(),
        5,
        "{asked}"
    );
    assert!(
        asked.contains("0 if you are not sure, or s to stop"),
        "{asked}"
    );
    assert!(!asked.contains("hush"), "{asked}");
    assert_eq!(result, dialogue(&["--json"], "\n2\n").0);
    let (result, _) = dialogue(&["--json"], &format!("{}\n", "long ".repeat(50_000)));
    assert!(result.starts_with("{\"verdict\""));
}

#[test]
fn errors_say_what_to_do_and_never_repeat_the_note() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (empty, none, old) = (path("empty.jsonl"), path("none"), path("old.rfdb"));
    std::fs::write(&empty, "\n\n").expect("written");
    let tiny = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/samples");
    let mut samples = std::fs::read_dir(tiny).expect("a folder");
    let sample = samples.find_map(|entry| {
        let path = entry.expect("an entry").path();
        path.extension()
            .is_some_and(|end| end == "rfdb")
            .then_some(path)
    });
    std::fs::copy(sample.expect("a sample"), &old).expect("copied");
    let here = path("");
    let note = "He was hush about it 0123";
    let dashes = format!("--{note}");
    let cases: &[(&[&str], &str)] = &[
        (
            &[note, "--answer", note],
            "write ID=ANSWER, such as who=shop",
        ),
        (&[note, "--answer", "hush=yes"], "the questions are who, "),
        (
            &[note, "--answer", "who=hush"],
            "who is answered with shop, bank, ",
        ),
        (&[note, "--answer", "who=yes"], "or unsure"),
        (
            &[note, "--answer", "remote_access_request=hush"],
            "remote_access_request is answered with yes, no or unsure",
        ),
        (&[note, "--region", "XX"], "there is no region XX"),
        (
            &[note, "--region", note],
            "two-letter country code such as GB",
        ),
        (
            &[note, "--lang", note],
            "use one of en fr de es it pt nl pl hi-Latn",
        ),
        (&[note, "--database", &old], "cannot check calls"),
        (&[note, "--database", &none], "No such file"),
        (&["--batch", &empty], "nothing to check"),
        (&["--batch", &none], "No such file"),
        (&["--batch", &here], "this is a folder"),
        (&[note, "--batch", "-"], "cannot be used with"),
        (
            &["--answer", "who=shop", "--batch", "-"],
            "cannot be used with",
        ),
        (&[note, note], "one argument too many"),
        (&[note, "hush"], "one argument too many"),
        (
            &[&dashes],
            "put a number that has spaces in quotes, a note too",
        ),
        (&[note, "--jsn"], "--jsn"),
    ];
    for (arguments, expected) in cases {
        let error = refusal(&[&["check"], *arguments].concat());
        assert!(error.contains(expected), "{arguments:?}: {error}");
        assert!(!error.contains("hush"), "{arguments:?}: {error}");
    }
    for arguments in [
        &[note][..],
        &["screen", "1", "--mode", note],
        &["check", &format!("--json={note}")],
        &["check", "--json=hush"],
    ] {
        let error = refusal(arguments);
        assert!(!error.contains("hush"), "{arguments:?}: {error}");
    }
}

#[test]
fn a_note_cannot_steer_the_terminal() {
    let note =
        "he had me download \u{1b}[2J\u{202e}AnyDesk \u{7} and my\nAmazon\nPrime was going up";
    let text = stdout(&ringfence(&["check", note]));
    let fine = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
    assert!(text.chars().all(fine), "{text:?}");
}

#[test]
fn any_note_gets_an_answer() {
    let long = "download AnyDesk ".repeat(6_000);
    for note in [
        "",
        " ",
        "?!",
        "1234",
        "\u{1f4de}\u{1f4de}",
        "ß",
        long.as_str(),
    ] {
        let object = json(&["check", note, "--json"]);
        assert!(object["verdict"].is_string());
        let text = stdout(&ringfence(&["check", note]));
        assert!(text.contains("What to do now"), "{text}");
    }
}

#[test]
fn a_report_is_ready_to_send() {
    let bank = stdout(&ringfence(&[
        "check", SEED, "--region", "GB", "--report", "bank",
    ]));
    assert!(bank.contains("AnyDesk") || bank.contains("app"), "{bank}");
    let short = stdout(&ringfence(&["check", SEED, "--report", "short-code"]));
    assert!(
        short.starts_with("Call") && short.trim().lines().count() == 1,
        "{short}"
    );
    let authority = stdout(&ringfence(&["check", SEED, "--report", "authority"]));
    assert!(authority.contains(SEED), "{authority}");
    assert!(refusal(&["check", SEED, "--report", "nobody"]).contains("short-code"));
}

#[test]
fn help_shows_examples_and_what_spans_are() {
    let help = stdout(&ringfence(&["check", "--help"]));
    for part in ["Examples:", "bytes of the note", "--answer", "--batch"] {
        assert!(help.contains(part), "{part}: {help}");
    }
}
