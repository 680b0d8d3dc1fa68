<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ExchangeCommands</name>
    <message numerus="yes">
        <source>%n note(s) imported</source>
        <translation>
            <numerusform>%n note imported</numerusform>
            <numerusform>%n notes imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n updated</source>
        <translation>
            <numerusform>%n updated</numerusform>
            <numerusform>%n updated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged</source>
        <translation>
            <numerusform>%n unchanged</numerusform>
            <numerusform>%n unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) need a look.</source>
        <translation>
            <numerusform>%n file needs a look.</numerusform>
            <numerusform>%n files need a look.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n file(s) will be written to {0}.</source>
        <translation>
            <numerusform>%n file will be written to {0}.</numerusform>
            <numerusform>%n files will be written to {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of these names are there already; choose another folder, or replace them.</source>
        <translation>
            <numerusform>%n file of this name is there already; choose another folder, or replace it.</numerusform>
            <numerusform>%n files of these names are there already; choose another folder, or replace them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported %n file(s) to {0}.</source>
        <translation>
            <numerusform>Exported %n file to {0}.</numerusform>
            <numerusform>Exported %n files to {0}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryCommands</name>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n revision(s)</source>
        <translation>
            <numerusform>%n revision</numerusform>
            <numerusform>%n revisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) found; “konspekt check --repair” mends what can be mended.</source>
        <translation>
            <numerusform>%n problem found; “konspekt check --repair” mends what can be mended.</numerusform>
            <numerusform>%n problems found; “konspekt check --repair” mends what can be mended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoteCommands</name>
    <message numerus="yes">
        <source>%n note(s) are in the trash.</source>
        <translation>
            <numerusform>%n note is in the trash.</numerusform>
            <numerusform>%n notes are in the trash.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OfflineCommands</name>
    <message numerus="yes">
        <source>%n image(s) of this note are in the library already.</source>
        <translation>
            <numerusform>%n image of this note are in the library already.</numerusform>
            <numerusform>%n images of this note are in the library already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stored image(s) removed.</source>
        <translation>
            <numerusform>%n stored image removed.</numerusform>
            <numerusform>%n stored images removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) stored ({0}).</source>
        <translation>
            <numerusform>%n image stored ({0}).</numerusform>
            <numerusform>%n images stored ({0}).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be fetched.</source>
        <translation>
            <numerusform>%n image could not be fetched.</numerusform>
            <numerusform>%n images could not be fetched.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrashView</name>
    <message numerus="yes">
        <source>Delete %n note(s) and everything under them forever?</source>
        <translation>
            <numerusform>Delete %n note and everything under it forever?</numerusform>
            <numerusform>Delete %n notes and everything under them forever?</numerusform>
        </translation>
    </message>
</context>
</TS>
