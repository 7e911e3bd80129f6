//! Figures as SVG, written by hand: the same cases give the same bytes.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};

use super::cases::{Case, confusion, predictions};
use super::statistics::bins;
use super::{confusion as confusion_plot, reliability};

/// Ink of text and axes.
pub const INK: &str = "#222";
/// Lines that only guide the eye.
pub const FAINT: &str = "#ccc";

/// Writes the figures into a folder, which is made if need be.
pub fn write(folder: &Path, cases: &[Case]) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let figures = [
        (
            "reliability.svg",
            reliability::draw(&bins(&predictions(cases))),
        ),
        ("confusion.svg", confusion_plot::draw(&confusion(cases))),
    ];
    for (name, svg) in figures {
        let path = folder.join(name);
        std::fs::write(&path, svg).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Where a text's point is.
#[derive(Clone, Copy)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A figure in the making.
pub struct Svg {
    text: String,
}

impl Svg {
    /// A figure of this size in pixels on a light ground, with a title for
    /// readers who cannot see it.
    pub fn new(width: f64, height: f64, title: &str) -> Self {
        let title = escape(title);
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" \
             font-family=\"system-ui, sans-serif\">\n\
             <title>{title}</title>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
        );
        Self { text }
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        self.element(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             fill=\"{fill}\"/>"
        ));
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str) {
        self.element(format_args!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{stroke}\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    pub fn circle(&mut self, x: f64, y: f64, radius: f64, fill: &str) {
        self.element(format_args!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{fill}\"/>"
        ));
    }

    /// A text; `turn` is clockwise in degrees around its point.
    pub fn text(&mut self, at: (f64, f64), turn: f64, size: f64, anchor: Anchor, words: &str) {
        self.coloured(at, turn, size, anchor, words, INK);
    }

    pub fn coloured(
        &mut self,
        (x, y): (f64, f64),
        turn: f64,
        size: f64,
        anchor: Anchor,
        words: &str,
        fill: &str,
    ) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let turn = match turn {
            0.0 => String::new(),
            turn => format!(" transform=\"rotate({turn} {x:.1} {y:.1})\""),
        };
        self.element(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\" \
             fill=\"{fill}\"{turn}>{}</text>",
            escape(words)
        ));
    }

    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }

    fn element(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{element}");
    }
}

fn escape(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            // XML has no such characters.
            letter if letter.is_control() => " ".to_owned(),
            letter => letter.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_break_the_figure() {
        let mut svg = Svg::new(10.0, 20.0, "a < b & \"c\"");
        svg.text((1.0, 2.0), 90.0, 8.0, Anchor::End, "<script>\u{1}");
        let text = svg.finish();
        assert!(
            text.contains("<title>a &lt; b &amp; &quot;c&quot;</title>"),
            "{text}"
        );
        assert!(text.contains(">&lt;script&gt; </text>"), "{text}");
        assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"));
    }
}
