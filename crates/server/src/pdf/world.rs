//! All that the compiler of a paper can see: our layout, the data of one paper, and fonts. It has no network, no files and
//! no clock.

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::fonts::Fonts;

/// How a paper is laid out.
const LAYOUT: &str = include_str!("paper.typ");

/// The two files.
const FILES: [&str; 2] = ["paper.typ", "paper.json"];

/// The world of one paper.
pub(super) struct Desk<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    layout: Source,
    data: (FileId, Bytes),
}

impl<'a> Desk<'a> {
    /// A desk with the data of a paper on it; none where a file cannot be named.
    pub(super) fn with(data: String, fonts: &'a Fonts) -> Option<Self> {
        let file = |name| Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern());
        let [layout, paper] = FILES.map(file);
        Some(Self {
            library: LazyHash::new(Library::default()),
            fonts,
            layout: Source::new(layout?, LAYOUT.to_owned()),
            data: (paper?, Bytes::from_string(data)),
        })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store().book()
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() { Ok(self.layout.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (name, data) = &self.data;
        if id == *name { Ok(data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store().font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
