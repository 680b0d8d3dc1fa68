<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n note(s)</source>
        <translation>
            <numerusform>in %n note</numerusform>
            <numerusform>in %n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more note(s)</source>
        <translation>
            <numerusform>%n more note</numerusform>
            <numerusform>%n more notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other note(s) go by this name</source>
        <translation>
            <numerusform>%n other note go by this name</numerusform>
            <numerusform>%n other notes go by this name</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) were left alone: their text is another by now.</source>
        <translation>
            <numerusform>%n link were left alone: their text is another by now.</numerusform>
            <numerusform>%n links were left alone: their text is another by now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) were changed; “Undo the last change of the tree” takes it back.</source>
        <translation>
            <numerusform>%n link were changed; “Undo the last change of the tree” takes it back.</numerusform>
            <numerusform>%n links were changed; “Undo the last change of the tree” takes it back.</numerusform>
        </translation>
    </message>
</context>
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
    <name>HealthWindow</name>
    <message numerus="yes">
        <source>Use all %n sure suggestion(s)</source>
        <translation>
            <numerusform>Use all %n sure suggestion</numerusform>
            <numerusform>Use all %n sure suggestions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more are not listed.</source>
        <translation>
            <numerusform>%n more are not listed.</numerusform>
            <numerusform>%n more are not listed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n link(s)</source>
        <translation>
            <numerusform>Change %n link</numerusform>
            <numerusform>Change %n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) changed.</source>
        <translation>
            <numerusform>%n link changed.</numerusform>
            <numerusform>%n links changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Hovering</name>
    <message numerus="yes">
        <source>%n other note(s) have this name</source>
        <translation>
            <numerusform>%n other note have this name</numerusform>
            <numerusform>%n other notes have this name</numerusform>
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
    <name>LinkCommands</name>
    <message numerus="yes">
        <source>%n other note(s) have this name: {0}</source>
        <translation>
            <numerusform>%n other note have this name: {0}</numerusform>
            <numerusform>%n other notes have this name: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkModel</name>
    <message numerus="yes">
        <source>also fits %n other note(s)</source>
        <translation>
            <numerusform>also fits %n other note</numerusform>
            <numerusform>also fits %n other notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinksPanel</name>
    <message numerus="yes">
        <source>%n more note(s)</source>
        <translation>
            <numerusform>%n more note</numerusform>
            <numerusform>%n more notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionLinking</name>
    <message numerus="yes">
        <source>%n place(s) had changed and stayed as they are.</source>
        <translation>
            <numerusform>%n place had changed and stayed as they are.</numerusform>
            <numerusform>%n places had changed and stayed as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s) became links.</source>
        <translation>
            <numerusform>%n mention became links.</numerusform>
            <numerusform>%n mentions became links.</numerusform>
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
    <name>PathBar</name>
    <message numerus="yes">
        <source>%Ln note(s) outside the picture: show</source>
        <translation>
            <numerusform>%Ln note outside the picture: show</numerusform>
            <numerusform>%Ln notes outside the picture: show</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RenameCommands</name>
    <message numerus="yes">
        <source>Moved; %n link(s) follow.</source>
        <translation>
            <numerusform>Moved; %n link follow.</numerusform>
            <numerusform>Moved; %n links follow.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Update %n link(s) to “{0}”</source>
        <translation>
            <numerusform>Update %n link to “{0}”</numerusform>
            <numerusform>Update %n links to “{0}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Renamed; %n link(s) follow.</source>
        <translation>
            <numerusform>Renamed; %n link follow.</numerusform>
            <numerusform>Renamed; %n links follow.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RenamePreview</name>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n note(s)</source>
        <translation>
            <numerusform>in %n note</numerusform>
            <numerusform>in %n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShownCard</name>
    <message numerus="yes">
        <source>at most %Ln link(s)</source>
        <translation>
            <numerusform>at most %Ln link</numerusform>
            <numerusform>at most %Ln links</numerusform>
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
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%Ln link(s)</source>
        <translation>
            <numerusform>%Ln link</numerusform>
            <numerusform>%Ln links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} note(s)</source>
        <translation>
            <numerusform>%Ln of {0} note</numerusform>
            <numerusform>%Ln of {0} notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln note</numerusform>
            <numerusform>%Ln notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match(es)</numerusform>
            <numerusform>%Ln match(es)</numerusform>
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
