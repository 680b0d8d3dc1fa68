<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>Browser</name>
    <message>
        <source>Open link</source>
        <translation>Открыть ссылку</translation>
    </message>
    <message>
        <source>Open link in a new tab</source>
        <translation>Открыть ссылку в новой вкладке</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>Копировать адрес ссылки</translation>
    </message>
    <message>
        <source>Open image</source>
        <translation>Открыть изображение</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>Копировать изображение</translation>
    </message>
    <message>
        <source>Save image as…</source>
        <translation>Сохранить изображение как…</translation>
    </message>
    <message>
        <source>Fetch image</source>
        <translation>Загрузить картинку</translation>
    </message>
    <message>
        <source>Copy image address</source>
        <translation>Копировать адрес картинки</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>Загрузить снова</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Копировать как Markdown</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Выделить всё</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n ссылка</numerusform>
            <numerusform>%n ссылки</numerusform>
            <numerusform>%n ссылок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n заметка</numerusform>
            <numerusform>%n заметки</numerusform>
            <numerusform>%n заметок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n note(s)</source>
        <translation>
            <numerusform>в %n заметке</numerusform>
            <numerusform>в %n заметках</numerusform>
            <numerusform>в %n заметках</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more note(s)</source>
        <translation>
            <numerusform>Ещё %n заметка</numerusform>
            <numerusform>Ещё %n заметки</numerusform>
            <numerusform>Ещё %n заметок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other note(s) go by this name</source>
        <translation>
            <numerusform>так называется ещё %n заметка</numerusform>
            <numerusform>так называются ещё %n заметки</numerusform>
            <numerusform>так называются ещё %n заметок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) were left alone: their text is another by now.</source>
        <translation>
            <numerusform>%n ссылка не тронута: её текст уже другой.</numerusform>
            <numerusform>%n ссылки не тронуты: их текст уже другой.</numerusform>
            <numerusform>%n ссылок не тронуто: их текст уже другой.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) were changed; “Undo the last change of the tree” takes it back.</source>
        <translation>
            <numerusform>Изменена %n ссылка; вернуть — «Отменить последнее изменение дерева».</numerusform>
            <numerusform>Изменены %n ссылки; вернуть — «Отменить последнее изменение дерева».</numerusform>
            <numerusform>Изменено %n ссылок; вернуть — «Отменить последнее изменение дерева».</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>A fault in Konspekt</source>
        <translation>Ошибка в Konspekt</translation>
    </message>
    <message>
        <source>Your text is saved.</source>
        <translation>Ваш текст сохранён.</translation>
    </message>
    <message>
        <source>Copy your text before you close the window.</source>
        <translation>Скопируйте свой текст, прежде чем закрыть окно.</translation>
    </message>
    <message>
        <source>Something went wrong that should not.</source>
        <translation>Произошла ошибка, которой быть не должно.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Скопировать отчёт</translation>
    </message>
</context>
<context>
    <name>Crumbs</name>
    <message>
        <source>{0} – not in this picture</source>
        <translation>{0} — нет на этой картинке</translation>
    </message>
</context>
<context>
    <name>DatesCard</name>
    <message>
        <source>since {0}</source>
        <translation>с {0}</translation>
    </message>
    <message>
        <source>until {0}</source>
        <translation>по {0}</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>За неделю</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>За месяц</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>За год</translation>
    </message>
    <message>
        <source>Any day</source>
        <translation>За всё время</translation>
    </message>
    <message>
        <source>From</source>
        <translation>От</translation>
    </message>
    <message>
        <source>To</source>
        <translation>До</translation>
    </message>
    <message>
        <source>2024 or 2024-05-17</source>
        <translation>2024 или 2024-05-17</translation>
    </message>
    <message>
        <source>That is no date yet.</source>
        <translation>Это ещё не дата.</translation>
    </message>
    <message>
        <source>The span ends before it begins.</source>
        <translation>Конец раньше начала.</translation>
    </message>
</context>
<context>
    <name>EditorPanel</name>
    <message>
        <source>Nothing is open.
Choose a note on the left, or press Ctrl+N for a new one.</source>
        <translation>Ничего не открыто.
Выберите заметку слева или нажмите Ctrl+N, чтобы создать новую.</translation>
    </message>
</context>
<context>
    <name>EmptyLibrary</name>
    <message>
        <source>Nothing here yet.
Write a first note, or bring your Markdown files.</source>
        <translation>Здесь пока пусто.
Напишите первую заметку или импортируйте файлы Markdown.</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Новая заметка</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Импорт…</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Clear the filter</source>
        <translation>Сбросить фильтр</translation>
    </message>
</context>
<context>
    <name>ExchangeCommands</name>
    <message>
        <source>Import files</source>
        <translation>Импорт файлов</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>Импорт папки</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) imported</source>
        <translation>
            <numerusform>%n заметка импортирована</numerusform>
            <numerusform>%n заметки импортированы</numerusform>
            <numerusform>%n заметок импортировано</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n updated</source>
        <translation>
            <numerusform>%n обновлена</numerusform>
            <numerusform>%n обновлены</numerusform>
            <numerusform>%n обновлено</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged</source>
        <translation>
            <numerusform>%n без изменений</numerusform>
            <numerusform>%n без изменений</numerusform>
            <numerusform>%n без изменений</numerusform>
        </translation>
    </message>
    <message>
        <source>There was nothing to import</source>
        <translation>Импортировать было нечего</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) need a look.</source>
        <translation>
            <numerusform>%n файл требует внимания.</numerusform>
            <numerusform>%n файла требуют внимания.</numerusform>
            <numerusform>%n файлов требуют внимания.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>The import was stopped; nothing was imported.</source>
        <translation>Импорт остановлен, ничего не импортировано.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импорт</translation>
    </message>
    <message>
        <source>The cursor is in no section; put it under a heading.</source>
        <translation>Курсор вне разделов; поставьте его под заголовком.</translation>
    </message>
    <message>
        <source>Open a note first.</source>
        <translation>Сначала откройте заметку.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export “{0}”</source>
        <translation>Экспорт: {0}</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>HTML, one page with all that it shows</source>
        <translation>HTML, одна страница со всем содержимым</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>All in one file</source>
        <translation>Всё в один файл</translation>
    </message>
    <message>
        <source>Replace files that are there already</source>
        <translation>Заменить уже существующие файлы</translation>
    </message>
    <message>
        <source>Files to be written</source>
        <translation>Файлы для записи</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Экспортировать</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Folder for the export</source>
        <translation>Папка для экспорта</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Выберите папку.</translation>
    </message>
    <message>
        <source>will be replaced</source>
        <translation>будет заменён</translation>
    </message>
    <message>
        <source>is there already</source>
        <translation>уже есть</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written to {0}.</source>
        <translation>
            <numerusform>В папку {0} будет записан %n файл.</numerusform>
            <numerusform>В папку {0} будут записаны %n файла.</numerusform>
            <numerusform>В папку {0} будет записано %n файлов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of these names are there already; choose another folder, or replace them.</source>
        <translation>
            <numerusform>%n файл с таким именем уже есть; выберите другую папку или разрешите замену.</numerusform>
            <numerusform>%n файла с такими именами уже есть; выберите другую папку или разрешите замену.</numerusform>
            <numerusform>%n файлов с такими именами уже есть; выберите другую папку или разрешите замену.</numerusform>
        </translation>
    </message>
    <message>
        <source>The PDF is being made…</source>
        <translation>PDF создаётся…</translation>
    </message>
    <message numerus="yes">
        <source>Exported %n file(s) to {0}.</source>
        <translation>
            <numerusform>Экспортирован %n файл в папку {0}.</numerusform>
            <numerusform>Экспортированы %n файла в папку {0}.</numerusform>
            <numerusform>Экспортировано %n файлов в папку {0}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExtractDialog</name>
    <message>
        <source>Extract to a new note</source>
        <translation>Извлечь в новую заметку</translation>
    </message>
    <message>
        <source>Title of the new note</source>
        <translation>Название новой заметки</translation>
    </message>
    <message>
        <source>Where to put it</source>
        <translation>Куда поместить</translation>
    </message>
    <message>
        <source>What stays in its place</source>
        <translation>Что остаётся на её месте</translation>
    </message>
    <message>
        <source>A link to the note</source>
        <translation>Ссылка на заметку</translation>
    </message>
    <message>
        <source>The note, shown in this place</source>
        <translation>Сама заметка, показанная на этом месте</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Extract</source>
        <translation>Извлечь</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>ExtrasCard</name>
    <message>
        <source>Notes not written yet</source>
        <translation>Ещё не написанные заметки</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Теги</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Вложения</translation>
    </message>
</context>
<context>
    <name>FetchProgress</name>
    <message>
        <source>Images that are being fetched</source>
        <translation>Загружаемые картинки</translation>
    </message>
    <message>
        <source>Fetching images</source>
        <translation>Загрузка картинок</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Stop fetching images</source>
        <translation>Остановить загрузку картинок</translation>
    </message>
    <message>
        <source>Fetch no more images; those that are stored stay</source>
        <translation>Больше не загружать; сохранённые картинки останутся</translation>
    </message>
    <message>
        <source>Fetching images: {0} of {1}</source>
        <translation>Загрузка картинок: {0} из {1}</translation>
    </message>
</context>
<context>
    <name>FieldCompletion</name>
    <message>
        <source>Recent searches</source>
        <translation>Недавние запросы</translation>
    </message>
    <message>
        <source>Clear recent searches</source>
        <translation>Очистить недавние запросы</translation>
    </message>
</context>
<context>
    <name>FieldPopup</name>
    <message>
        <source>Search suggestions</source>
        <translation>Подсказки поиска</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search everywhere</source>
        <translation>Искать везде</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Фильтр</translation>
    </message>
    <message>
        <source>Filter of the graph</source>
        <translation>Фильтр графа</translation>
    </message>
    <message>
        <source>Words as in the search: model tag:ml -draft (Ctrl+F)</source>
        <translation>Как в поиске: модель tag:ml -черновик (Ctrl+F)</translation>
    </message>
    <message>
        <source>Only matches</source>
        <translation>Только найденное</translation>
    </message>
    <message>
        <source>Show only the notes that match the query</source>
        <translation>Показать только заметки, найденные по запросу</translation>
    </message>
    <message>
        <source>Highlight</source>
        <translation>Выделить</translation>
    </message>
    <message>
        <source>Show all notes; those that match the query stand out</source>
        <translation>Показать все заметки и выделить найденные</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>Все папки</translation>
    </message>
    <message>
        <source>Folder to show</source>
        <translation>Какую папку показать</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Такой папки нет.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>Все теги</translation>
    </message>
    <message>
        <source>Tag to show</source>
        <translation>Какой тег показать</translation>
    </message>
    <message>
        <source>There is no such tag.</source>
        <translation>Такого тега нет.</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Тег</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Даты</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Сбросить</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Сбросить фильтр</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Год</translation>
    </message>
    <message>
        <source>Remove the filter “{0}”</source>
        <translation>Убрать фильтр «{0}»</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Сначала новые</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Сохранить этот поиск</translation>
    </message>
    <message>
        <source>Search only in “{0}”</source>
        <translation>Искать только в «{0}»</translation>
    </message>
    <message>
        <source>In “{0}”</source>
        <translation>В «{0}»</translation>
    </message>
    <message>
        <source>Forget this search</source>
        <translation>Забыть этот поиск</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>ещё %n</numerusform>
            <numerusform>ещё %n</numerusform>
            <numerusform>ещё %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Любые</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in note</source>
        <translation>Найти</translation>
    </message>
    <message>
        <source>Up and Down bring back what was looked for before</source>
        <translation>Стрелки вверх и вниз возвращают прежние запросы</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Заменить на</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Совпадения</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>С учётом регистра</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Слова целиком</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Регулярное выражение</translation>
    </message>
    <message>
        <source>Only in the selection</source>
        <translation>Только в выделении</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <source>Replace this match (Enter)</source>
        <translation>Заменить это совпадение (Enter)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Replace every match (Ctrl+Enter); one undo brings all back</source>
        <translation>Заменить все совпадения (Ctrl+Enter); одна отмена вернёт всё</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Заменить всё</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Предыдущее совпадение</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Следующее совпадение</translation>
    </message>
    <message>
        <source>Close find bar</source>
        <translation>Закрыть панель поиска</translation>
    </message>
    <message>
        <source>{0} replaced</source>
        <translation>Заменено: {0}</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Не найдено</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>{0} found</source>
        <translation>Найдено: {0}</translation>
    </message>
    <message>
        <source>This is not a complete regular expression.</source>
        <translation>Это не законченное регулярное выражение.</translation>
    </message>
    <message>
        <source>This expression takes too long; the search was stopped.</source>
        <translation>Выражение вычисляется слишком долго; поиск остановлен.</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Welcome. These are a few notes to look around in; they can go to the trash at any time.</source>
        <translation>Добро пожаловать! Это несколько заметок для знакомства; их можно в любой момент отправить в корзину.</translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Remove the samples</source>
        <translation>Удаление примеров</translation>
    </message>
</context>
<context>
    <name>Following</name>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
</context>
<context>
    <name>GoToHeading</name>
    <message>
        <source>Go to heading</source>
        <translation>Перейти к заголовку</translation>
    </message>
    <message>
        <source>Type a part of a heading</source>
        <translation>Введите часть заголовка</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>Заголовки</translation>
    </message>
    <message>
        <source>No heading fits.</source>
        <translation>Подходящих заголовков нет.</translation>
    </message>
    <message>
        <source>There are no headings here.</source>
        <translation>Здесь нет заголовков.</translation>
    </message>
</context>
<context>
    <name>GraphExport</name>
    <message>
        <source>PNG image (*.png)</source>
        <translation>Картинка PNG (*.png)</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>Рисунок SVG (*.svg)</translation>
    </message>
    <message>
        <source>Export the graph</source>
        <translation>Экспорт графа</translation>
    </message>
    <message>
        <source>The picture was written to {0}.</source>
        <translation>Картинка записана в {0}.</translation>
    </message>
</context>
<context>
    <name>GraphMenu</name>
    <message>
        <source>Link copied.</source>
        <translation>Ссылка скопирована.</translation>
    </message>
    <message>
        <source>Chain from here…</source>
        <translation>Цепочка отсюда…</translation>
    </message>
    <message>
        <source>Chain from the open note to here</source>
        <translation>Цепочка от открытой заметки сюда</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Открепить</translation>
    </message>
    <message>
        <source>Pin here</source>
        <translation>Закрепить здесь</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Скопировать ссылку</translation>
    </message>
    <message>
        <source>Show notes with this tag</source>
        <translation>Показать заметки с этим тегом</translation>
    </message>
    <message>
        <source>Open the note that uses it</source>
        <translation>Открыть заметку с этим файлом</translation>
    </message>
    <message>
        <source>Write this note…</source>
        <translation>Написать эту заметку…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Open in new tab</source>
        <translation>Открыть в новой вкладке</translation>
    </message>
</context>
<context>
    <name>GraphPanel</name>
    <message>
        <source>Graph</source>
        <translation>Граф</translation>
    </message>
    <message>
        <source>What the graph shows</source>
        <translation>Что показывает граф</translation>
    </message>
    <message>
        <source>Graph of the library</source>
        <translation>Граф библиотеки</translation>
    </message>
    <message>
        <source>Show this note in the graph of the library</source>
        <translation>Показать эту заметку в графе библиотеки</translation>
    </message>
    <message>
        <source>Open a note to see what it is linked with.</source>
        <translation>Откройте заметку, чтобы увидеть её связи.</translation>
    </message>
    <message>
        <source>Graph depth</source>
        <translation>Глубина графа</translation>
    </message>
    <message>
        <source>How many links away from the open note</source>
        <translation>На сколько ссылок отходить от открытой заметки</translation>
    </message>
    <message>
        <source>Fit graph</source>
        <translation>Показать граф целиком</translation>
    </message>
    <message>
        <source>Show the whole graph (0)</source>
        <translation>Показать граф целиком (0)</translation>
    </message>
    <message>
        <source>Depth {0}</source>
        <translation>Глубина {0}</translation>
    </message>
    <message>
        <source>no links yet</source>
        <translation>нет связей</translation>
    </message>
    <message>
        <source>around: {0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>around: {0}</source>
        <translation>рядом: {0}</translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Graph of links</source>
        <translation>Граф ссылок</translation>
    </message>
    <message>
        <source>lecture</source>
        <translation>лекция</translation>
    </message>
    <message>
        <source>digest</source>
        <translation>дайджест</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>папка</translation>
    </message>
    <message>
        <source>note</source>
        <translation>заметка</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>тег</translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>вложение</translation>
    </message>
    <message>
        <source>not written yet</source>
        <translation>ещё не написана</translation>
    </message>
    <message>
        <source>links: {0}</source>
        <translation>ссылок: {0}</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>закреплена</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Edit</source>
        <translation>Правка</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Рядом</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Чтение</translation>
    </message>
    <message>
        <source>{0}, fold or unfold</source>
        <translation>{0}, свернуть или развернуть</translation>
    </message>
</context>
<context>
    <name>HealthWindow</name>
    <message>
        <source>Link health</source>
        <translation>Проверка ссылок</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message numerus="yes">
        <source>Use all %n sure suggestion(s)</source>
        <translation>
            <numerusform>Исправить %n надёжную</numerusform>
            <numerusform>Исправить все %n надёжные</numerusform>
            <numerusform>Исправить все %n надёжных</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at the links… {0} of {1}</source>
        <translation>Проверяются ссылки… {0} из {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n заметка</numerusform>
            <numerusform>%n заметки</numerusform>
            <numerusform>%n заметок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n ссылка</numerusform>
            <numerusform>%n ссылки</numerusform>
            <numerusform>%n ссылок</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n more are not listed.</source>
        <translation>
            <numerusform>Ещё %n не показана.</numerusform>
            <numerusform>Ещё %n не показаны.</numerusform>
            <numerusform>Ещё %n не показано.</numerusform>
        </translation>
    </message>
    <message>
        <source>The note, heading, paragraph or file that they name is not there.</source>
        <translation>Заметки, заголовка, абзаца или файла, на которые они указывают, нет.</translation>
    </message>
    <message>
        <source>Several notes go by the name; the nearest one is opened.</source>
        <translation>Так называется несколько заметок; открывается ближайшая.</translation>
    </message>
    <message>
        <source>No link leads from them to another note, and none leads there.</source>
        <translation>Из них нет ссылок на другие заметки, и на них никто не ссылается.</translation>
    </message>
    <message>
        <source>No note shows these files or links to them. They stay in the library.</source>
        <translation>Ни одна заметка не показывает эти файлы и не ссылается на них. Они остаются в библиотеке.</translation>
    </message>
    <message>
        <source>Addresses of digests that stand in other notes too.</source>
        <translation>Адреса из дайджестов, которые есть и в других заметках.</translation>
    </message>
    <message>
        <source>Every link works.</source>
        <translation>Все ссылки работают.</translation>
    </message>
    <message>
        <source>Every link says which note it means.</source>
        <translation>Каждая ссылка однозначна.</translation>
    </message>
    <message>
        <source>Every note is linked with another.</source>
        <translation>Каждая заметка связана с другой.</translation>
    </message>
    <message>
        <source>Every file is shown by a note.</source>
        <translation>Каждый файл показан в какой-нибудь заметке.</translation>
    </message>
    <message>
        <source>No address comes twice.</source>
        <translation>Ни один адрес не повторяется.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message numerus="yes">
        <source>Change %n link(s)</source>
        <translation>
            <numerusform>Изменить %n ссылку</numerusform>
            <numerusform>Изменить %n ссылки</numerusform>
            <numerusform>Изменить %n ссылок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) changed.</source>
        <translation>
            <numerusform>Изменена %n ссылка.</numerusform>
            <numerusform>Изменены %n ссылки.</numerusform>
            <numerusform>Изменено %n ссылок.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HelpButton</name>
    <message>
        <source>Search help</source>
        <translation>Как искать</translation>
    </message>
    <message>
        <source>Search help (Shift+F1)</source>
        <translation>Как искать (Shift+F1)</translation>
    </message>
</context>
<context>
    <name>HelpCard</name>
    <message>
        <source>How to search</source>
        <translation>Как искать</translation>
    </message>
    <message>
        <source>date:</source>
        <translation>дата:</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Слова</translation>
    </message>
    <message>
        <source>model error</source>
        <translation>ошибка модели</translation>
    </message>
    <message>
        <source>all of these words, in any form</source>
        <translation>все эти слова в любой форме</translation>
    </message>
    <message>
        <source>&quot;vector database&quot;</source>
        <translation>&quot;векторная база&quot;</translation>
    </message>
    <message>
        <source>these words in this order</source>
        <translation>слова именно в этом порядке</translation>
    </message>
    <message>
        <source>model -image</source>
        <translation>модель -картинка</translation>
    </message>
    <message>
        <source>the one without the other</source>
        <translation>одно без другого</translation>
    </message>
    <message>
        <source>sql OR postgres</source>
        <translation>sql ИЛИ postgres</translation>
    </message>
    <message>
        <source>the one or the other</source>
        <translation>одно или другое</translation>
    </message>
    <message>
        <source>data*</source>
        <translation>систем*</translation>
    </message>
    <message>
        <source>words that begin so</source>
        <translation>слова, которые так начинаются</translation>
    </message>
    <message>
        <source>title:lecture</source>
        <translation>заголовок:лекция</translation>
    </message>
    <message>
        <source>words of the title</source>
        <translation>слова в заголовке</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Заметки</translation>
    </message>
    <message>
        <source>kind:lecture</source>
        <translation>вид:лекция</translation>
    </message>
    <message>
        <source>also digest, note, folder</source>
        <translation>также дайджест, заметка, папка</translation>
    </message>
    <message>
        <source>tag:ml</source>
        <translation>тег:ml</translation>
    </message>
    <message>
        <source>with a tag, or one below it</source>
        <translation>с этим тегом или вложенным в него</translation>
    </message>
    <message>
        <source>tag:</source>
        <translation>тег:</translation>
    </message>
    <message>
        <source>in:uni</source>
        <translation>в:uni</translation>
    </message>
    <message>
        <source>below another note</source>
        <translation>внутри другой заметки</translation>
    </message>
    <message>
        <source>in:</source>
        <translation>в:</translation>
    </message>
    <message>
        <source>date:2023-10..2023-12</source>
        <translation>дата:2023-10..2023-12</translation>
    </message>
    <message>
        <source>a day, month, year or a span</source>
        <translation>день, месяц, год или промежуток</translation>
    </message>
    <message>
        <source>has:image</source>
        <translation>есть:картинка</translation>
    </message>
    <message>
        <source>also link, task, code, table, math</source>
        <translation>также ссылка, задача, код, таблица, формула</translation>
    </message>
    <message>
        <source>link:habr.com</source>
        <translation>ссылка:habr.com</translation>
    </message>
    <message>
        <source>with a link to that site</source>
        <translation>со ссылкой на этот сайт</translation>
    </message>
    <message>
        <source>link:</source>
        <translation>ссылка:</translation>
    </message>
    <message>
        <source>is:unlinked</source>
        <translation>это:без-ссылок</translation>
    </message>
    <message>
        <source>no other note links to it; also tagged, untagged</source>
        <translation>на неё никто не ссылается; также с-тегами, без-тегов</translation>
    </message>
    <message>
        <source>model sort:date</source>
        <translation>модель порядок:дата</translation>
    </message>
    <message>
        <source>the newest first</source>
        <translation>сначала новые</translation>
    </message>
    <message>
        <source>Everything goes together: kind:lecture tag:ml -draft. While you type an operator, the list below the field shows what it can be; Ctrl+Space shows all of them.</source>
        <translation>Всё можно сочетать: вид:лекция тег:ml -черновик. Пока пишется оператор, список под полем показывает, что он знает; Ctrl+Пробел показывает все операторы.</translation>
    </message>
</context>
<context>
    <name>HitWalk</name>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>note {0} of {1}</source>
        <translation>заметка {0} из {1}</translation>
    </message>
</context>
<context>
    <name>HoverCard</name>
    <message>
        <source>Where the link leads</source>
        <translation>Куда ведёт ссылка</translation>
    </message>
</context>
<context>
    <name>Hovering</name>
    <message>
        <source>In this note</source>
        <translation>В этой заметке</translation>
    </message>
    <message>
        <source>There is no “{0}” in that note.</source>
        <translation>В этой заметке нет «{0}».</translation>
    </message>
    <message>
        <source>There is no such note yet; a click makes it.</source>
        <translation>Такой заметки ещё нет; щелчок её создаст.</translation>
    </message>
    <message numerus="yes">
        <source>%n other note(s) have this name</source>
        <translation>
            <numerusform>так же называется ещё %n заметка</numerusform>
            <numerusform>так же называются ещё %n заметки</numerusform>
            <numerusform>так же называются ещё %n заметок</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Illustrations</name>
    <message>
        <source>This image cannot be shown.</source>
        <translation>Это изображение нельзя показать.</translation>
    </message>
</context>
<context>
    <name>ImageCanvas</name>
    <message>
        <source>Image</source>
        <translation>Изображение</translation>
    </message>
</context>
<context>
    <name>IndexLine</name>
    <message>
        <source>Progress of the search index</source>
        <translation>Ход построения индекса</translation>
    </message>
    <message>
        <source>Indexing: {0} of {1}</source>
        <translation>Индексация: {0} из {1}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>The search index is unfinished: everything is still found, only slower.</source>
        <translation>Индекс не достроен: всё находится, но медленнее.</translation>
    </message>
    <message>
        <source>Finish it</source>
        <translation>Достроить</translation>
    </message>
</context>
<context>
    <name>KindsCard</name>
    <message>
        <source>Notes</source>
        <translation>Заметки</translation>
    </message>
    <message>
        <source>Lectures</source>
        <translation>Лекции</translation>
    </message>
    <message>
        <source>Digests</source>
        <translation>Дайджесты</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Папки</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>In no folder</source>
        <translation>Вне папок</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Заметки</translation>
    </message>
    <message>
        <source>Lectures</source>
        <translation>Лекции</translation>
    </message>
    <message>
        <source>Digests</source>
        <translation>Дайджесты</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Папки</translation>
    </message>
    <message>
        <source>Not written yet</source>
        <translation>Ещё не написаны</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Теги</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Вложения</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Виды</translation>
    </message>
    <message>
        <source>Colour notes by their kind</source>
        <translation>Раскрасить заметки по виду</translation>
    </message>
    <message>
        <source>Colour notes by their top folder</source>
        <translation>Раскрасить заметки по папке верхнего уровня</translation>
    </message>
    <message>
        <source>List of colours</source>
        <translation>Список цветов</translation>
    </message>
    <message>
        <source>Fold or unfold the list of colours</source>
        <translation>Свернуть или развернуть список цветов</translation>
    </message>
</context>
<context>
    <name>LibraryCommands</name>
    <message>
        <source>Open or make a library</source>
        <translation>Открыть или создать библиотеку</translation>
    </message>
    <message>
        <source>Backed up to {0}.</source>
        <translation>Резервная копия создана: {0}.</translation>
    </message>
    <message>
        <source>Checking the library…</source>
        <translation>Идёт проверка библиотеки…</translation>
    </message>
    <message>
        <source>Which results were opened is forgotten.</source>
        <translation>Какие результаты открывались, забыто.</translation>
    </message>
    <message>
        <source>The saved search “{0}” was removed.</source>
        <translation>Сохранённый запрос «{0}» удалён.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Konspekt {0}: an offline home for lectures and digests.

This library: {1}</source>
        <translation>Konspekt {0}: лекции и дайджесты на вашем компьютере, без сети.

Эта библиотека: {1}</translation>
    </message>
    <message>
        <source>About Konspekt</source>
        <translation>О программе Konspekt</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n заметка</numerusform>
            <numerusform>%n заметки</numerusform>
            <numerusform>%n заметок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n revision(s)</source>
        <translation>
            <numerusform>%n версия</numerusform>
            <numerusform>%n версии</numerusform>
            <numerusform>%n версий</numerusform>
        </translation>
    </message>
    <message>
        <source>The library is sound: {0} checked.</source>
        <translation>Библиотека в порядке. Проверено: {0}.</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) found; “konspekt check --repair” mends what can be mended.</source>
        <translation>
            <numerusform>Найдена %n проблема; что можно, исправит команда «konspekt check --repair».</numerusform>
            <numerusform>Найдены %n проблемы; что можно, исправит команда «konspekt check --repair».</numerusform>
            <numerusform>Найдено %n проблем; что можно, исправит команда «konspekt check --repair».</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверка</translation>
    </message>
</context>
<context>
    <name>LibraryGraph</name>
    <message>
        <source>Graph of the library</source>
        <translation>Граф библиотеки</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Цепочка</translation>
    </message>
    <message>
        <source>Chain between two notes</source>
        <translation>Цепочка между двумя заметками</translation>
    </message>
    <message>
        <source>The shortest chain of links between two notes; Shift+click on a note ends it there</source>
        <translation>Кратчайшая цепочка ссылок между двумя заметками; Shift+щелчок по заметке — её конец</translation>
    </message>
    <message>
        <source>Show the whole graph (0)</source>
        <translation>Показать весь граф (0)</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <source>Export the picture, unpin notes</source>
        <translation>Экспорт картинки, открепление заметок</translation>
    </message>
    <message>
        <source>Export as PNG…</source>
        <translation>Экспорт в PNG…</translation>
    </message>
    <message>
        <source>Export as SVG…</source>
        <translation>Экспорт в SVG…</translation>
    </message>
    <message>
        <source>Unpin all</source>
        <translation>Открепить всё</translation>
    </message>
    <message>
        <source>Drawing the graph…</source>
        <translation>Граф строится…</translation>
    </message>
    <message>
        <source>No note fits this filter.</source>
        <translation>Под этот фильтр не подходит ни одна заметка.</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Весь граф</translation>
    </message>
    <message>
        <source>Fit graph</source>
        <translation>Показать граф целиком</translation>
    </message>
    <message>
        <source>The library has no notes yet.</source>
        <translation>В библиотеке пока нет заметок.</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>Open trash</source>
        <translation>Открыть корзину</translation>
    </message>
</context>
<context>
    <name>LibraryView</name>
    <message>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
</context>
<context>
    <name>LinkCommands</name>
    <message>
        <source>There is no paragraph here; put the cursor into one.</source>
        <translation>Здесь нет абзаца; поставьте в него курсор.</translation>
    </message>
    <message>
        <source>The link to this paragraph is copied.</source>
        <translation>Ссылка на этот абзац скопирована.</translation>
    </message>
    <message>
        <source>There is no heading above this place.</source>
        <translation>Выше этого места нет заголовка.</translation>
    </message>
    <message>
        <source>The link to “{0}” is copied.</source>
        <translation>Ссылка на «{0}» скопирована.</translation>
    </message>
    <message>
        <source>“{0}” is a new note.</source>
        <translation>«{0}» — новая заметка.</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Новая заметка</translation>
    </message>
    <message>
        <source>There is no file “{0}” in the library.</source>
        <translation>В библиотеке нет файла «{0}».</translation>
    </message>
    <message>
        <source>Create a note</source>
        <translation>Создать заметку</translation>
    </message>
    <message numerus="yes">
        <source>%n other note(s) have this name: {0}</source>
        <translation>
            <numerusform>Так же называется ещё %n заметка: {0}</numerusform>
            <numerusform>Так же называются ещё %n заметки: {0}</numerusform>
            <numerusform>Так же называются ещё %n заметок: {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Notes of this name</source>
        <translation>Заметки с этим названием</translation>
    </message>
</context>
<context>
    <name>LinkCompletion</name>
    <message>
        <source>Link suggestions</source>
        <translation>Подсказки ссылок</translation>
    </message>
</context>
<context>
    <name>LinkDelegate</name>
    <message>
        <source>alias</source>
        <translation>псевдоним</translation>
    </message>
    <message>
        <source>е = ё</source>
        <translation>е = ё</translation>
    </message>
    <message>
        <source>Property “{0}”</source>
        <translation>Свойство «{0}»</translation>
    </message>
</context>
<context>
    <name>LinkMenus</name>
    <message>
        <source>Copy link to this paragraph</source>
        <translation>Скопировать ссылку на этот абзац</translation>
    </message>
    <message>
        <source>Copy link to this heading</source>
        <translation>Скопировать ссылку на этот заголовок</translation>
    </message>
    <message>
        <source>Extract selection to a new note…</source>
        <translation>Извлечь выделенное в новую заметку…</translation>
    </message>
    <message>
        <source>Extract this section…</source>
        <translation>Извлечь этот раздел…</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>Открыть ссылку</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>Скопировать адрес ссылки</translation>
    </message>
    <message>
        <source>Open link in a new tab</source>
        <translation>Открыть ссылку в новой вкладке</translation>
    </message>
    <message>
        <source>Create the note “{0}”</source>
        <translation>Создать заметку «{0}»</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Скопировать ссылку</translation>
    </message>
    <message>
        <source>Rename “{0}”…</source>
        <translation>Переименовать «{0}»…</translation>
    </message>
    <message>
        <source>Tab menu</source>
        <translation>Меню вкладки</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>Закрыть вкладку</translation>
    </message>
</context>
<context>
    <name>LinkModel</name>
    <message>
        <source>folded</source>
        <translation>свёрнуто</translation>
    </message>
    <message>
        <source>{0} (not written yet)</source>
        <translation>{0} (ещё не написана)</translation>
    </message>
    <message>
        <source>Property “{0}”</source>
        <translation>Свойство «{0}»</translation>
    </message>
    <message>
        <source>found by its alias</source>
        <translation>найдена по псевдониму</translation>
    </message>
    <message>
        <source>found with ё and е as one letter</source>
        <translation>найдена без различия е и ё</translation>
    </message>
    <message numerus="yes">
        <source>also fits %n other note(s)</source>
        <translation>
            <numerusform>подходит ещё %n заметка</numerusform>
            <numerusform>подходят ещё %n заметки</numerusform>
            <numerusform>подходят ещё %n заметок</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no such section or block.</source>
        <translation>Такого раздела или блока нет.</translation>
    </message>
    <message>
        <source>No note is called “{0}”; a click offers to create it.</source>
        <translation>Заметки «{0}» нет; щелчок предложит её создать.</translation>
    </message>
</context>
<context>
    <name>LinksPanel</name>
    <message>
        <source>Links</source>
        <translation>Ссылки</translation>
    </message>
    <message>
        <source>Backlinks</source>
        <translation>Обратные ссылки</translation>
    </message>
    <message>
        <source>Nothing links here yet. Write [[Title]] in another note, and it shows up here.</source>
        <translation>Сюда пока никто не ссылается. Напишите [[Название]] в другой заметке, и она появится здесь.</translation>
    </message>
    <message>
        <source>No other note names this one without linking to it.</source>
        <translation>Никакая другая заметка не называет эту без ссылки.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Связать</translation>
    </message>
    <message>
        <source>It links to no other note. Type [[ in the text to choose one.</source>
        <translation>Отсюда нет ссылок на заметки. Наберите [[ в тексте, чтобы выбрать.</translation>
    </message>
    <message>
        <source>Link all</source>
        <translation>Связать все</translation>
    </message>
    <message>
        <source>Makes a link of every mention, in all notes; it can be undone</source>
        <translation>Превращает в ссылки все упоминания во всех заметках; это можно отменить</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Идёт поиск…</translation>
    </message>
    <message>
        <source>{0} more in this note</source>
        <translation>Ещё {0} в этой заметке</translation>
    </message>
    <message>
        <source>Web addresses</source>
        <translation>Адреса в сети</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message numerus="yes">
        <source>%n more note(s)</source>
        <translation>
            <numerusform>Ещё %n заметка</numerusform>
            <numerusform>Ещё %n заметки</numerusform>
            <numerusform>Ещё %n заметок</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for more…</source>
        <translation>Ищем дальше…</translation>
    </message>
    <message>
        <source>Nothing fits the filter.</source>
        <translation>Фильтру ничего не соответствует.</translation>
    </message>
    <message>
        <source>Mentions</source>
        <translation>Упоминания</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>Исходящие</translation>
    </message>
</context>
<context>
    <name>MarkdownEdit</name>
    <message>
        <source>Editor</source>
        <translation>Редактор</translation>
    </message>
    <message>
        <source>Paste as plain text</source>
        <translation>Вставить как простой текст</translation>
    </message>
</context>
<context>
    <name>MediaPaste</name>
    <message>
        <source>“{0}” is not a file of at most 64 MB.</source>
        <translation>«{0}» — не файл или больше 64 МБ.</translation>
    </message>
    <message>
        <source>“{0}” could not be stored: {1}</source>
        <translation>Не удалось сохранить «{0}»: {1}</translation>
    </message>
</context>
<context>
    <name>MentionLinking</name>
    <message>
        <source>Link mentions</source>
        <translation>Ссылки из упоминаний</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) had changed and stayed as they are.</source>
        <translation>
            <numerusform>%n место изменилось и осталось как есть.</numerusform>
            <numerusform>%n места изменились и остались как есть.</numerusform>
            <numerusform>%n мест изменились и остались как есть.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was linked: the text is another by now.</source>
        <translation>Ничего не связано: текст уже другой.</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s) became links.</source>
        <translation>
            <numerusform>%n упоминание стало ссылкой.</numerusform>
            <numerusform>%n упоминания стали ссылками.</numerusform>
            <numerusform>%n упоминаний стали ссылками.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Merge</name>
    <message>
        <source>The text goes to the end of “{0}”, which then goes by the old title too.</source>
        <translation>Текст добавится в конец заметки «{0}», и она будет откликаться и на прежнее название.</translation>
    </message>
    <message>
        <source>To “{2}” from now on: {0} {1}.</source>
        <translation>Теперь на «{2}»: {0} {1}.</translation>
    </message>
    <message>
        <source>Below “{1}” from now on: {0}.</source>
        <translation>Теперь внутри «{1}»: {0}.</translation>
    </message>
    <message>
        <source>“{0}” goes to the trash; one Undo brings everything back.</source>
        <translation>«{0}» отправится в корзину; одна отмена вернёт всё.</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge notes</source>
        <translation>Объединить заметки</translation>
    </message>
    <message>
        <source>Merge “{0}” into “{1}”?</source>
        <translation>Добавить «{0}» в «{1}»?</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Объединить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>NoteCommands</name>
    <message>
        <source>“{0}” is in the trash.</source>
        <translation>«{0}» — в корзине.</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) are in the trash.</source>
        <translation>
            <numerusform>%n заметка в корзине.</numerusform>
            <numerusform>%n заметки в корзине.</numerusform>
            <numerusform>%n заметок в корзине.</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>Перемещение в корзину</translation>
    </message>
</context>
<context>
    <name>NoteContext</name>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Подробности</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Todo</source>
        <translation>Сделать</translation>
    </message>
    <message>
        <source>Tip</source>
        <translation>Совет</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>Подсказка</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>Важно</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>Удалось</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Внимание</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>Осторожно</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Обратите внимание</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>Опасно</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Ошибка</translation>
    </message>
    <message>
        <source>Failure</source>
        <translation>Неудача</translation>
    </message>
    <message>
        <source>Bug</source>
        <translation>Дефект</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Пример</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Цитата</translation>
    </message>
    <message>
        <source>Abstract</source>
        <translation>Краткое содержание</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Итог</translation>
    </message>
</context>
<context>
    <name>NotePicker</name>
    <message>
        <source>No note fits.</source>
        <translation>Подходящих заметок нет.</translation>
    </message>
</context>
<context>
    <name>NoteTabs</name>
    <message>
        <source>Open notes</source>
        <translation>Открытые заметки</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Notice</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Close the notice</source>
        <translation>Закрыть сообщение</translation>
    </message>
</context>
<context>
    <name>NoticeWidget</name>
    <message>
        <source>Search exactly</source>
        <translation>Искать точно</translation>
    </message>
</context>
<context>
    <name>OfflineCommands</name>
    <message>
        <source>Open a note first.</source>
        <translation>Сначала откройте заметку.</translation>
    </message>
    <message>
        <source>This note shows no images from elsewhere.</source>
        <translation>В этой заметке нет картинок из сети.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of this note are in the library already.</source>
        <translation>
            <numerusform>%n картинка этой заметки уже в библиотеке.</numerusform>
            <numerusform>%n картинки этой заметки уже в библиотеке.</numerusform>
            <numerusform>%n картинок этой заметки уже в библиотеке.</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>Загрузить снова</translation>
    </message>
    <message>
        <source>The library holds no copies of this note&apos;s images.</source>
        <translation>В библиотеке нет копий картинок этой заметки.</translation>
    </message>
    <message numerus="yes">
        <source>%n stored image(s) removed.</source>
        <translation>
            <numerusform>Удалена %n картинка.</numerusform>
            <numerusform>Удалены %n картинки.</numerusform>
            <numerusform>Удалено %n картинок.</numerusform>
        </translation>
    </message>
    <message>
        <source>The image was not fetched: {0}</source>
        <translation>Картинка не загружена: {0}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Fetching was stopped.</source>
        <translation>Загрузка остановлена.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) stored ({0}).</source>
        <translation>
            <numerusform>Сохранена %n картинка ({0}).</numerusform>
            <numerusform>Сохранены %n картинки ({0}).</numerusform>
            <numerusform>Сохранено %n картинок ({0}).</numerusform>
        </translation>
    </message>
    <message>
        <source>No image was stored.</source>
        <translation>Ни одна картинка не сохранена.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be fetched.</source>
        <translation>
            <numerusform>Не удалось загрузить %n картинку.</numerusform>
            <numerusform>Не удалось загрузить %n картинки.</numerusform>
            <numerusform>Не удалось загрузить %n картинок.</numerusform>
        </translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Картинки</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>New note</source>
        <translation>Новая заметка</translation>
    </message>
</context>
<context>
    <name>OutlineList</name>
    <message>
        <source>Heading menu</source>
        <translation>Меню заголовка</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Copy link to this heading</source>
        <translation>Скопировать ссылку на этот заголовок</translation>
    </message>
</context>
<context>
    <name>OutlinePanel</name>
    <message>
        <source>Outline</source>
        <translation>Содержание</translation>
    </message>
    <message>
        <source>Open a note to see its outline.</source>
        <translation>Откройте заметку, чтобы увидеть её содержание.</translation>
    </message>
    <message>
        <source>No headings yet. A line that begins with # makes one.</source>
        <translation>Заголовков пока нет. Заголовок — строка, которая начинается с #.</translation>
    </message>
</context>
<context>
    <name>PageFindBar</name>
    <message>
        <source>Find in preview</source>
        <translation>Найти на странице</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Совпадения</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>С учётом регистра</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Слова целиком</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Предыдущее совпадение</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Следующее совпадение</translation>
    </message>
    <message>
        <source>Close find bar</source>
        <translation>Закрыть поиск</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Нет совпадений</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>{0} found</source>
        <translation>Найдено: {0}</translation>
    </message>
</context>
<context>
    <name>PageSource</name>
    <message>
        <source>This note takes too long to draw, so it is shown as it is written.</source>
        <translation>Эта заметка рисуется слишком долго, поэтому показана так, как написана.</translation>
    </message>
    <message>
        <source>A part of this note takes too long to draw and is shown as it is written.</source>
        <translation>Часть этой заметки рисуется слишком долго и показана так, как написана.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>All commands</source>
        <translation>Все команды</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>Введите команду</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Команда</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Команды</translation>
    </message>
</context>
<context>
    <name>PassageCommands</name>
    <message>
        <source>Select some words first, or put the cursor below a heading.</source>
        <translation>Сначала выделите слова или поставьте курсор под заголовок.</translation>
    </message>
    <message>
        <source>The top of the library</source>
        <translation>Верхний уровень библиотеки</translation>
    </message>
    <message>
        <source>{0} – beside this note</source>
        <translation>{0} – рядом с этой заметкой</translation>
    </message>
    <message>
        <source>{0} – below this note</source>
        <translation>{0} – внутри этой заметки</translation>
    </message>
    <message>
        <source>“{0}” is a note of its own now.</source>
        <translation>«{0}» теперь отдельная заметка.</translation>
    </message>
    <message>
        <source>Extract to a new note</source>
        <translation>Извлечь в новую заметку</translation>
    </message>
    <message>
        <source>Merge “{0}” into…</source>
        <translation>Объединить «{0}» с…</translation>
    </message>
    <message>
        <source>“{0}” is a part of “{1}” now.</source>
        <translation>«{0}» теперь часть заметки «{1}».</translation>
    </message>
    <message>
        <source>Merge notes</source>
        <translation>Объединить заметки</translation>
    </message>
</context>
<context>
    <name>PathBar</name>
    <message>
        <source>Chain between two notes</source>
        <translation>Цепочка между двумя заметками</translation>
    </message>
    <message>
        <source>From</source>
        <translation>От</translation>
    </message>
    <message>
        <source>To</source>
        <translation>До</translation>
    </message>
    <message>
        <source>Name of a note</source>
        <translation>Название заметки</translation>
    </message>
    <message>
        <source>There is no such note.</source>
        <translation>Такой заметки нет.</translation>
    </message>
    <message>
        <source>Clear the filter, so that the whole chain is in the picture</source>
        <translation>Сбросить фильтр, чтобы вся цепочка была на картинке</translation>
    </message>
    <message>
        <source>Show the whole chain</source>
        <translation>Показать всю цепочку</translation>
    </message>
    <message>
        <source>Close the chain</source>
        <translation>Закрыть цепочку</translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s) outside the picture: show</source>
        <translation>
            <numerusform>%Ln заметка вне картинки: показать</numerusform>
            <numerusform>%Ln заметки вне картинки: показать</numerusform>
            <numerusform>%Ln заметок вне картинки: показать</numerusform>
        </translation>
    </message>
    <message>
        <source>No chain of links leads from “{0}” to “{1}”.</source>
        <translation>От «{0}» до «{1}» не ведёт ни одна цепочка ссылок.</translation>
    </message>
    <message>
        <source>Choose the other note: here, or by a click in the graph.</source>
        <translation>Выберите вторую заметку: здесь или щелчком в графе.</translation>
    </message>
    <message>
        <source>Choose two notes: here, or by clicks in the graph.</source>
        <translation>Выберите две заметки: здесь или щелчками в графе.</translation>
    </message>
    <message>
        <source>Both ends are the same note.</source>
        <translation>Оба конца — одна и та же заметка.</translation>
    </message>
    <message>
        <source>Looking for the chain…</source>
        <translation>Ищется цепочка…</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>{0} is too large to be shown</source>
        <translation>{0}: изображение слишком велико</translation>
    </message>
    <message>
        <source>{0} cannot be shown</source>
        <translation>{0}: нельзя показать</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Preview</source>
        <translation>Просмотр</translation>
    </message>
    <message>
        <source>Nothing is open. Choose a note in the library, or press Ctrl+P.</source>
        <translation>Ничего не открыто. Выберите заметку в библиотеке или нажмите Ctrl+P.</translation>
    </message>
    <message>
        <source>This note is empty. What you write appears here.</source>
        <translation>Заметка пуста. Здесь появится то, что вы напишете.</translation>
    </message>
</context>
<context>
    <name>PrintCommands</name>
    <message>
        <source>Laying out “{0}”…</source>
        <translation>Вёрстка «{0}»…</translation>
    </message>
    <message>
        <source>Export as PDF</source>
        <translation>Экспорт в PDF</translation>
    </message>
    <message>
        <source>Exported to {0}.</source>
        <translation>Экспортировано в {0}.</translation>
    </message>
    <message>
        <source>Making the PDF of “{0}”…</source>
        <translation>Создаётся PDF «{0}»…</translation>
    </message>
    <message>
        <source>A part takes too long to draw and is printed as it is written.</source>
        <translation>Часть текста рисуется слишком долго и печатается так, как написана.</translation>
    </message>
    <message>
        <source>Open a note first.</source>
        <translation>Сначала откройте заметку.</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>Print “{0}”</source>
        <translation>Печать «{0}»</translation>
    </message>
</context>
<context>
    <name>ProblemBar</name>
    <message>
        <source>Retry</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Оставить мой</translation>
    </message>
    <message>
        <source>Take the other</source>
        <translation>Взять другой</translation>
    </message>
    <message>
        <source>Save as a copy</source>
        <translation>В копию</translation>
    </message>
</context>
<context>
    <name>QuickSwitcher</name>
    <message>
        <source>Go to note</source>
        <translation>Перейти к заметке</translation>
    </message>
    <message>
        <source>Go to a note, or name a new one</source>
        <translation>Название заметки, имеющейся или новой</translation>
    </message>
    <message>
        <source>Note title</source>
        <translation>Название заметки</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Заметки</translation>
    </message>
    <message>
        <source>Enter opens, Ctrl+Enter in a new tab; Shift+Enter creates; # goes to a heading</source>
        <translation>Enter — открыть, Ctrl+Enter — в новой вкладке; Shift+Enter — создать; # — к заголовку</translation>
    </message>
    <message>
        <source>Create “{0}”</source>
        <translation>Создать «{0}»</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Новая заметка</translation>
    </message>
</context>
<context>
    <name>RenameCommands</name>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message numerus="yes">
        <source>Moved; %n link(s) follow.</source>
        <translation>
            <numerusform>Перемещено; исправлена %n ссылка.</numerusform>
            <numerusform>Перемещено; исправлены %n ссылки.</numerusform>
            <numerusform>Перемещено; исправлено %n ссылок.</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename heading</source>
        <translation>Переименовать заголовок</translation>
    </message>
    <message>
        <source>Update links</source>
        <translation>Обновить ссылки</translation>
    </message>
    <message>
        <source>The heading “{0}” is “{1}” now.</source>
        <translation>Заголовок «{0}» теперь называется «{1}».</translation>
    </message>
    <message numerus="yes">
        <source>Update %n link(s) to “{0}”</source>
        <translation>
            <numerusform>Обновить %n ссылку на «{0}»</numerusform>
            <numerusform>Обновить %n ссылки на «{0}»</numerusform>
            <numerusform>Обновить %n ссылок на «{0}»</numerusform>
        </translation>
    </message>
    <message>
        <source>The text is another by now; choose the heading again.</source>
        <translation>Текст уже изменился; выберите заголовок ещё раз.</translation>
    </message>
    <message numerus="yes">
        <source>Renamed; %n link(s) follow.</source>
        <translation>
            <numerusform>Переименовано; исправлена %n ссылка.</numerusform>
            <numerusform>Переименовано; исправлены %n ссылки.</numerusform>
            <numerusform>Переименовано; исправлено %n ссылок.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RenamePreview</name>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Rename heading</source>
        <translation>Переименовать заголовок</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n ссылка</numerusform>
            <numerusform>%n ссылки</numerusform>
            <numerusform>%n ссылок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n note(s)</source>
        <translation>
            <numerusform>в %n заметке</numerusform>
            <numerusform>в %n заметках</numerusform>
            <numerusform>в %n заметках</numerusform>
        </translation>
    </message>
    <message>
        <source>These change with it: {0} {1}.</source>
        <translation>Вместе с этим изменятся: {0} {1}.</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Изменения</translation>
    </message>
    <message>
        <source>Keep the old name as an alias</source>
        <translation>Оставить старое имя псевдонимом</translation>
    </message>
    <message>
        <source>Search and new links still find the note by it</source>
        <translation>По нему заметку найдут и поиск, и новые ссылки</translation>
    </message>
</context>
<context>
    <name>ResultDelegate</name>
    <message>
        <source>No text of its own</source>
        <translation>Без текста</translation>
    </message>
</context>
<context>
    <name>ResultList</name>
    <message>
        <source>Search results</source>
        <translation>Результаты поиска</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Create this note</source>
        <translation>Создать эту заметку</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Open in a new tab</source>
        <translation>Открыть в новой вкладке</translation>
    </message>
    <message>
        <source>Link all in this note</source>
        <translation>Связать все в этой заметке</translation>
    </message>
    <message>
        <source>Link this place</source>
        <translation>Связать это место</translation>
    </message>
    <message>
        <source>Notes that it fits as well…</source>
        <translation>Другие подходящие заметки…</translation>
    </message>
    <message>
        <source>“{0}” also fits</source>
        <translation>«{0}» подходит и к</translation>
    </message>
</context>
<context>
    <name>SavedSearchesView</name>
    <message>
        <source>Saved searches</source>
        <translation>Сохранённые запросы</translation>
    </message>
    <message>
        <source>Show saved searches</source>
        <translation>Показать сохранённые запросы</translation>
    </message>
    <message>
        <source>Menu of the saved search</source>
        <translation>Меню сохранённого запроса</translation>
    </message>
    <message>
        <source>Search for it</source>
        <translation>Найти</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Поднять</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Опустить</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>SavedStar</name>
    <message>
        <source>Saved; it stands in the library on the left.</source>
        <translation>Поиск сохранён: он в библиотеке слева.</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>{0} (copy)</source>
        <translation>{0} (копия)</translation>
    </message>
    <message>
        <source>This note was changed elsewhere in the same place; your text is kept here, not saved yet.</source>
        <translation>Эта заметка изменена в другом месте, в тех же строках; ваш текст остаётся здесь, но ещё не сохранён.</translation>
    </message>
    <message>
        <source>The note could not be saved ({0}); your text is kept here.</source>
        <translation>Не удалось сохранить заметку ({0}); ваш текст остаётся здесь.</translation>
    </message>
</context>
<context>
    <name>SearchCompletion</name>
    <message>
        <source>notes with a tag</source>
        <translation>заметки с тегом</translation>
    </message>
    <message>
        <source>lectures, digests, notes, folders</source>
        <translation>лекции, дайджесты, заметки, папки</translation>
    </message>
    <message>
        <source>notes below another</source>
        <translation>внутри заметки или папки</translation>
    </message>
    <message>
        <source>words of the title</source>
        <translation>слова в заголовке</translation>
    </message>
    <message>
        <source>a day, month, year or a span</source>
        <translation>день, месяц, год или промежуток</translation>
    </message>
    <message>
        <source>tagged, untagged, unlinked</source>
        <translation>с тегами, без тегов, без ссылок</translation>
    </message>
    <message>
        <source>images, links, tasks, code, tables, math</source>
        <translation>картинки, ссылки, задачи, код, таблицы, формулы</translation>
    </message>
    <message>
        <source>with a link to a site</source>
        <translation>со ссылкой на сайт</translation>
    </message>
    <message>
        <source>by date or by rank</source>
        <translation>по дате или по близости</translation>
    </message>
    <message>
        <source>the one or the other</source>
        <translation>одно или другое</translation>
    </message>
    <message>
        <source>these words in this order</source>
        <translation>слова именно в этом порядке</translation>
    </message>
    <message>
        <source>without this word</source>
        <translation>без этого слова</translation>
    </message>
    <message>
        <source>lectures</source>
        <translation>лекции</translation>
    </message>
    <message>
        <source>digests</source>
        <translation>дайджесты</translation>
    </message>
    <message>
        <source>other notes</source>
        <translation>прочие заметки</translation>
    </message>
    <message>
        <source>folders</source>
        <translation>папки</translation>
    </message>
    <message>
        <source>no other note links to it</source>
        <translation>на неё никто не ссылается</translation>
    </message>
    <message>
        <source>without a tag</source>
        <translation>без тегов</translation>
    </message>
    <message>
        <source>with a tag</source>
        <translation>с тегами</translation>
    </message>
    <message>
        <source>images</source>
        <translation>картинки</translation>
    </message>
    <message>
        <source>links</source>
        <translation>ссылки</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>задачи</translation>
    </message>
    <message>
        <source>code</source>
        <translation>код</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>таблицы</translation>
    </message>
    <message>
        <source>math</source>
        <translation>формулы</translation>
    </message>
    <message>
        <source>the newest first</source>
        <translation>сначала новые</translation>
    </message>
    <message>
        <source>the best first</source>
        <translation>сначала самые подходящие</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Problem of the query</source>
        <translation>Ошибка в запросе</translation>
    </message>
    <message>
        <source>Search notice</source>
        <translation>Сообщение поиска</translation>
    </message>
    <message>
        <source>The open note has no notes below it.</source>
        <translation>Внутри открытой заметки нет других заметок.</translation>
    </message>
    <message>
        <source>Type what to look for below “{0}”.</source>
        <translation>Введите, что искать внутри «{0}».</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Идёт поиск…</translation>
    </message>
    <message>
        <source>Type one more letter.</source>
        <translation>Введите ещё одну букву.</translation>
    </message>
    <message>
        <source>Looked for: all forms of the words, the other keyboard layout, slips of the finger.</source>
        <translation>Искали все формы слов, другую раскладку и опечатки.</translation>
    </message>
    <message>
        <source>Looked for: all forms of the words, just as they were typed.</source>
        <translation>Искали все формы слов, без поправок на раскладку и опечатки.</translation>
    </message>
    <message>
        <source>Search forgivingly</source>
        <translation>Искать с учётом опечаток</translation>
    </message>
    <message>
        <source>Search everywhere</source>
        <translation>Искать везде</translation>
    </message>
    <message>
        <source>Search without the filters</source>
        <translation>Искать без фильтров</translation>
    </message>
    <message>
        <source>Create note “{0}”</source>
        <translation>Создать заметку «{0}»</translation>
    </message>
    <message>
        <source>No note below “{1}” was found for “{0}”.</source>
        <translation>По запросу «{0}» внутри «{1}» ничего не найдено.</translation>
    </message>
    <message>
        <source>No note was found for “{0}”.</source>
        <translation>По запросу «{0}» ничего не найдено.</translation>
    </message>
</context>
<context>
    <name>SearchReasons</name>
    <message>
        <source>exactly</source>
        <translation>точно</translation>
    </message>
    <message>
        <source>another form</source>
        <translation>другая форма</translation>
    </message>
    <message>
        <source>begins like it</source>
        <translation>так начинается</translation>
    </message>
    <message>
        <source>the other keyboard layout</source>
        <translation>другая раскладка</translation>
    </message>
    <message>
        <source>a slip of the finger</source>
        <translation>опечатка</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>этого слова нет</translation>
    </message>
    <message>
        <source>words in this order</source>
        <translation>порядок слов</translation>
    </message>
    <message>
        <source>just as typed</source>
        <translation>как набрано</translation>
    </message>
    <message>
        <source>written lately</source>
        <translation>недавно изменена</translation>
    </message>
    <message>
        <source>opened before</source>
        <translation>открывали раньше</translation>
    </message>
    <message>
        <source>words</source>
        <translation>слова</translation>
    </message>
    <message>
        <source>Score {0}</source>
        <translation>Оценка {0}</translation>
    </message>
    <message>
        <source>“{0}” – {1}</source>
        <translation>«{0}» — {1}</translation>
    </message>
    <message>
        <source>; also {0}</source>
        <translation>; также {0}</translation>
    </message>
    <message>
        <source>in the title</source>
        <translation>в заголовке</translation>
    </message>
    <message>
        <source>in the text</source>
        <translation>в тексте</translation>
    </message>
</context>
<context>
    <name>SearchResults</name>
    <message>
        <source>Perhaps these were meant:</source>
        <translation>Возможно, вы искали:</translation>
    </message>
    <message>
        <source>At the beginning</source>
        <translation>В начале</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Lecture</source>
        <translation>Лекция</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Дайджест</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
</context>
<context>
    <name>SectionList</name>
    <message>
        <source>Link health</source>
        <translation>Проверка ссылок</translation>
    </message>
    <message>
        <source>Broken links</source>
        <translation>Битые ссылки</translation>
    </message>
    <message>
        <source>Ambiguous links</source>
        <translation>Неоднозначные ссылки</translation>
    </message>
    <message>
        <source>Notes without links</source>
        <translation>Заметки без связей</translation>
    </message>
    <message>
        <source>Unused files</source>
        <translation>Лишние файлы</translation>
    </message>
    <message>
        <source>Duplicate addresses</source>
        <translation>Повторы адресов</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлое</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмное</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Оформление</translation>
    </message>
    <message>
        <source>Language (after a restart)</source>
        <translation>Язык (после перезапуска)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source> px</source>
        <translation> пикс.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Размер текста</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Ширина колонки</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Выключен</translation>
    </message>
    <message>
        <source>The paragraph stands out</source>
        <translation>Выделяется абзац</translation>
    </message>
    <message>
        <source>The sentence stands out</source>
        <translation>Выделяется предложение</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>Фокус</translation>
    </message>
    <message>
        <source>The line that is written stays in the middle</source>
        <translation>Строка, которую пишут, остаётся посередине</translation>
    </message>
    <message>
        <source>Typewriter</source>
        <translation>Пишущая машинка</translation>
    </message>
    <message>
        <source>Underline words that look misspelt</source>
        <translation>Подчёркивать слова с опечатками</translation>
    </message>
    <message>
        <source>Russian and English; a right click offers what may have been meant</source>
        <translation>Русский и английский; правая кнопка мыши предложит варианты</translation>
    </message>
    <message>
        <source>Spelling</source>
        <translation>Орфография</translation>
    </message>
    <message>
        <source>Also show what may have been meant</source>
        <translation>Показывать и то, что могло иметься в виду</translation>
    </message>
    <message>
        <source>Typos, the other keyboard layout, words that begin so: always below exact hits</source>
        <translation>Опечатки, другая раскладка, слова с таким началом: всегда ниже точных совпадений</translation>
    </message>
    <message>
        <source>Forgiving search</source>
        <translation>Прощающий поиск</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> МБ</translation>
    </message>
    <message>
        <source>Larger images are not fetched when a note is made offline</source>
        <translation>Картинки больше этого не загружаются в библиотеку</translation>
    </message>
    <message>
        <source>Largest fetched image</source>
        <translation>Предел загружаемой картинки</translation>
    </message>
    <message>
        <source>Brackets, quotes and marks close themselves</source>
        <translation>Скобки, кавычки и знаки разметки закрываются сами</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>Набор</translation>
    </message>
    <message>
        <source>Dashes, ellipses and quotation marks are set</source>
        <translation>Тире, многоточия и кавычки ставятся сами</translation>
    </message>
    <message>
        <source>-- becomes –, ... becomes …, quotation marks are those of the language around</source>
        <translation>-- становится –, ... становится …, кавычки по языку вокруг</translation>
    </message>
    <message>
        <source>Show what changes in other notes first</source>
        <translation>Сначала показать изменения в других заметках</translation>
    </message>
    <message>
        <source>Renaming</source>
        <translation>Переименование</translation>
    </message>
    <message>
        <source>Library file</source>
        <translation>Файл библиотеки</translation>
    </message>
    <message>
        <source>The whole width</source>
        <translation>Во всю ширину</translation>
    </message>
    <message>
        <source> characters</source>
        <translation> знаков</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
</context>
<context>
    <name>ShownCard</name>
    <message>
        <source>Notes without links</source>
        <translation>Заметки без связей</translation>
    </message>
    <message>
        <source>Hide notes with more links than</source>
        <translation>Скрыть заметки, где ссылок больше</translation>
    </message>
    <message>
        <source>Most links of a shown note</source>
        <translation>Наибольшее число ссылок</translation>
    </message>
    <message numerus="yes">
        <source>at most %Ln link(s)</source>
        <translation>
            <numerusform>не больше %Ln ссылки</numerusform>
            <numerusform>не больше %Ln ссылок</numerusform>
            <numerusform>не больше %Ln ссылок</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidePanels</name>
    <message>
        <source>Outline</source>
        <translation>Содержание</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Граф</translation>
    </message>
</context>
<context>
    <name>SpellMarks</name>
    <message>
        <source>Add “{0}” to my words</source>
        <translation>Добавить «{0}» в мои слова</translation>
    </message>
    <message>
        <source>Your list of words could not be written: {0}.</source>
        <translation>Не удалось записать ваш список слов: {0}.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Status</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Place among the search results</source>
        <translation>Место среди результатов поиска</translation>
    </message>
    <message>
        <source>Length of the note</source>
        <translation>Длина заметки</translation>
    </message>
    <message>
        <source>Indexing {0} of {1}</source>
        <translation>Индексация: {0} из {1}</translation>
    </message>
    <message>
        <source>Stop indexing; the search still finds everything, only slower</source>
        <translation>Остановить индексацию; поиск по-прежнему находит всё, только медленнее</translation>
    </message>
    <message>
        <source>Importing {0} of {1}</source>
        <translation>Импорт: {0} из {1}</translation>
    </message>
    <message>
        <source>Stop the import; nothing is imported</source>
        <translation>Остановить импорт; ничего не будет импортировано</translation>
    </message>
    <message>
        <source>✓ Saved</source>
        <translation>✓ Сохранено</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Сохранение…</translation>
    </message>
    <message>
        <source>● Not saved yet</source>
        <translation>● Ещё не сохранено</translation>
    </message>
    <message>
        <source>Not saved: {0}</source>
        <translation>Не сохранено: {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n слово</numerusform>
            <numerusform>%n слова</numerusform>
            <numerusform>%n слов</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} мин</translation>
    </message>
    <message>
        <source>Selected:</source>
        <translation>Выделено:</translation>
    </message>
    <message>
        <source>{0} characters</source>
        <translation>Знаков: {0}</translation>
    </message>
    <message>
        <source>{0} without blanks</source>
        <translation>Без пробелов: {0}</translation>
    </message>
    <message>
        <source>about {0} min of reading</source>
        <translation>Чтение: около {0} мин</translation>
    </message>
    <message>
        <source>Ln {0}, Col {1}</source>
        <translation>Строка {0}, столбец {1}</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%Ln link(s)</source>
        <translation>
            <numerusform>%Ln ссылка</numerusform>
            <numerusform>%Ln ссылки</numerusform>
            <numerusform>%Ln ссылок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} note(s)</source>
        <translation>
            <numerusform>%Ln из {0} заметок</numerusform>
            <numerusform>%Ln из {0} заметок</numerusform>
            <numerusform>%Ln из {0} заметок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln заметка</numerusform>
            <numerusform>%Ln заметки</numerusform>
            <numerusform>%Ln заметок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln совпадение</numerusform>
            <numerusform>%Ln совпадения</numerusform>
            <numerusform>%Ln совпадений</numerusform>
        </translation>
    </message>
    <message>
        <source>The search index is still being built: some matches may be missing.</source>
        <translation>Поисковый индекс ещё строится: найдено может быть не всё.</translation>
    </message>
</context>
<context>
    <name>TagsView</name>
    <message>
        <source>Tags</source>
        <translation>Теги</translation>
    </message>
    <message>
        <source>Show tags</source>
        <translation>Показать теги</translation>
    </message>
</context>
<context>
    <name>TakingBack</name>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>TextCommands</name>
    <message>
        <source>Column 1</source>
        <translation>Столбец 1</translation>
    </message>
    <message>
        <source>Column 2</source>
        <translation>Столбец 2</translation>
    </message>
    <message>
        <source>Column 3</source>
        <translation>Столбец 3</translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>Filter links</source>
        <translation>Фильтр ссылок</translation>
    </message>
    <message>
        <source>Shows the notes and sentences that hold these words</source>
        <translation>Показывает заметки и предложения с этими словами</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Сначала новые</translation>
    </message>
    <message>
        <source>Newest first, instead of by title</source>
        <translation>Сначала новые, а не по названию</translation>
    </message>
    <message>
        <source>Fold all notes</source>
        <translation>Свернуть все заметки</translation>
    </message>
    <message>
        <source>Shows the titles of the notes only</source>
        <translation>Показывает только названия заметок</translation>
    </message>
</context>
<context>
    <name>TrashView</name>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>← Library</source>
        <translation>← Библиотека</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Назад к библиотеке</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Корзина пуста.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message>
        <source>Delete forever…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Delete forever</source>
        <translation>Удалить навсегда</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Delete “{0}” and everything under it forever?</source>
        <translation>Удалить «{0}» и всё вложенное навсегда?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n note(s) and everything under them forever?</source>
        <translation>
            <numerusform>Удалить %n заметку и всё вложенное навсегда?</numerusform>
            <numerusform>Удалить %n заметки и всё вложенное навсегда?</numerusform>
            <numerusform>Удалить %n заметок и всё вложенное навсегда?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TreeCommands</name>
    <message>
        <source>New note</source>
        <translation>Новая заметка</translation>
    </message>
    <message>
        <source>New lecture</source>
        <translation>Новая лекция</translation>
    </message>
    <message>
        <source>New digest</source>
        <translation>Новый дайджест</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименование</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Перемещение</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>Перемещение в корзину</translation>
    </message>
    <message>
        <source>Change kind</source>
        <translation>Смена вида</translation>
    </message>
    <message>
        <source>Link copied.</source>
        <translation>Ссылка скопирована.</translation>
    </message>
</context>
<context>
    <name>TreeMenu</name>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Lecture</source>
        <translation>Лекция</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Дайджест</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Новая заметка</translation>
    </message>
    <message>
        <source>New lecture</source>
        <translation>Новая лекция</translation>
    </message>
    <message>
        <source>New digest</source>
        <translation>Новый дайджест</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>Library menu</source>
        <translation>Меню библиотеки</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Импорт…</translation>
    </message>
    <message>
        <source>New inside</source>
        <translation>Создать внутри</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Переместить выше</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Переместить ниже</translation>
    </message>
    <message>
        <source>Open in a new tab</source>
        <translation>Открыть в новой вкладке</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Копировать ссылку</translation>
    </message>
    <message>
        <source>Search below it</source>
        <translation>Искать внутри</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>Переместить в корзину</translation>
    </message>
    <message>
        <source>Merge “{0}” into “{1}”…</source>
        <translation>Добавить «{0}» в «{1}»…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Export section…</source>
        <translation>Экспорт раздела…</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>There is no section “{0}” in that note.</source>
        <translation>В этой заметке нет раздела «{0}».</translation>
    </message>
    <message>
        <source>There is no paragraph marked ^{0} in that note.</source>
        <translation>В этой заметке нет абзаца с меткой ^{0}.</translation>
    </message>
    <message>
        <source>There is nothing to undo in the library.</source>
        <translation>В библиотеке нечего отменять.</translation>
    </message>
    <message>
        <source>Undone: {0}</source>
        <translation>Отменено: {0}</translation>
    </message>
    <message>
        <source>There is nothing to redo in the library.</source>
        <translation>В библиотеке нечего возвращать.</translation>
    </message>
    <message>
        <source>Done again: {0}</source>
        <translation>Сделано снова: {0}</translation>
    </message>
</context>
<context>
    <name>Zen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Only the note: F11 brings the rest back.</source>
        <translation>Только заметка: F11 вернёт остальное.</translation>
    </message>
</context>
<context>
    <name>ZoomWindow</name>
    <message>
        <source>Zoom</source>
        <translation>Масштаб</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Уменьшить</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Увеличить</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Вместить</translation>
    </message>
    <message>
        <source>Show the whole image</source>
        <translation>Показать изображение целиком</translation>
    </message>
    <message>
        <source>Show the image in its own size</source>
        <translation>Показать в натуральную величину</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>Копировать изображение</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Сохранить как…</translation>
    </message>
    <message>
        <source>Save image as…</source>
        <translation>Сохранить изображение как…</translation>
    </message>
    <message>
        <source>The image could not be saved: {0}.</source>
        <translation>Не удалось сохранить изображение: {0}.</translation>
    </message>
</context>
<context>
    <name>_TaskProgress</name>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Правка</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Переход</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Справка</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Новая заметка</translation>
    </message>
    <message>
        <source>New lecture</source>
        <translation>Новая лекция</translation>
    </message>
    <message>
        <source>New digest</source>
        <translation>Новый дайджест</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>New tab…</source>
        <translation>Новая вкладка…</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>Закрыть вкладку</translation>
    </message>
    <message>
        <source>Open another library…</source>
        <translation>Открыть другую библиотеку…</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Импорт файлов…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Импорт папки…</translation>
    </message>
    <message>
        <source>Export this note…</source>
        <translation>Экспорт заметки…</translation>
    </message>
    <message>
        <source>Export this section…</source>
        <translation>Экспорт раздела…</translation>
    </message>
    <message>
        <source>Export with everything below…</source>
        <translation>Экспорт со всем вложенным…</translation>
    </message>
    <message>
        <source>Export as PDF…</source>
        <translation>Экспортировать в PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Печать…</translation>
    </message>
    <message>
        <source>Make this note offline</source>
        <translation>Сохранить картинки заметки в библиотеке</translation>
    </message>
    <message>
        <source>Remove this note&apos;s fetched images</source>
        <translation>Удалить загруженные картинки заметки</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>Сохранить сейчас</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Создать резервную копию</translation>
    </message>
    <message>
        <source>Check the library</source>
        <translation>Проверить библиотеку</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Undo the last change of the tree</source>
        <translation>Отменить изменение дерева</translation>
    </message>
    <message>
        <source>Redo it</source>
        <translation>Повторить изменение дерева</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Переименовать…</translation>
    </message>
    <message>
        <source>Rename heading…</source>
        <translation>Переименовать заголовок…</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>Переместить в корзину</translation>
    </message>
    <message>
        <source>Extract to a new note…</source>
        <translation>Извлечь в новую заметку…</translation>
    </message>
    <message>
        <source>Merge into another note…</source>
        <translation>Объединить с другой заметкой…</translation>
    </message>
    <message>
        <source>Copy link to this paragraph</source>
        <translation>Скопировать ссылку на этот абзац</translation>
    </message>
    <message>
        <source>Copy link to this heading</source>
        <translation>Скопировать ссылку на этот заголовок</translation>
    </message>
    <message>
        <source>Copy link to this note</source>
        <translation>Скопировать ссылку на эту заметку</translation>
    </message>
    <message>
        <source>Paste as plain text</source>
        <translation>Вставить как простой текст</translation>
    </message>
    <message>
        <source>Find in note</source>
        <translation>Найти в заметке</translation>
    </message>
    <message>
        <source>Replace in note</source>
        <translation>Заменить в заметке</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Найти далее</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Найти ранее</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Полужирный</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Курсив</translation>
    </message>
    <message>
        <source>Inline code</source>
        <translation>Код в строке</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Ссылка</translation>
    </message>
    <message>
        <source>Check box</source>
        <translation>Флажок</translation>
    </message>
    <message>
        <source>Numbered list</source>
        <translation>Нумерованный список</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Список</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Цитата</translation>
    </message>
    <message>
        <source>Heading {0}</source>
        <translation>Заголовок {0}</translation>
    </message>
    <message>
        <source>Delete line</source>
        <translation>Удалить строку</translation>
    </message>
    <message>
        <source>Move line up</source>
        <translation>Сдвинуть строку вверх</translation>
    </message>
    <message>
        <source>Move line down</source>
        <translation>Сдвинуть строку вниз</translation>
    </message>
    <message>
        <source>Duplicate line</source>
        <translation>Дублировать строку</translation>
    </message>
    <message>
        <source>Duplicate line above</source>
        <translation>Повторить строку выше</translation>
    </message>
    <message>
        <source>Insert table</source>
        <translation>Вставить таблицу</translation>
    </message>
    <message>
        <source>Table: new row below</source>
        <translation>Таблица: новая строка ниже</translation>
    </message>
    <message>
        <source>Table: delete row</source>
        <translation>Таблица: удалить строку</translation>
    </message>
    <message>
        <source>Table: new column to the right</source>
        <translation>Таблица: новый столбец справа</translation>
    </message>
    <message>
        <source>Table: delete column</source>
        <translation>Таблица: удалить столбец</translation>
    </message>
    <message>
        <source>Editor, both, preview</source>
        <translation>Сменить вид заметки</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Редактор</translation>
    </message>
    <message>
        <source>Editor and preview</source>
        <translation>Редактор и просмотр</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Просмотр</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Боковая панель</translation>
    </message>
    <message>
        <source>Outline, links and graph</source>
        <translation>Содержание, ссылки и граф</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Светлая или тёмная тема</translation>
    </message>
    <message>
        <source>Graph of the library</source>
        <translation>Граф библиотеки</translation>
    </message>
    <message>
        <source>Link health</source>
        <translation>Проверка ссылок</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Увеличить текст</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Уменьшить текст</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>Обычный размер текста</translation>
    </message>
    <message>
        <source>Wider column</source>
        <translation>Колонка шире</translation>
    </message>
    <message>
        <source>Narrower column</source>
        <translation>Колонка уже</translation>
    </message>
    <message>
        <source>Text over the whole width</source>
        <translation>Текст во всю ширину</translation>
    </message>
    <message>
        <source>Focus on the paragraph</source>
        <translation>Выделять абзац</translation>
    </message>
    <message>
        <source>Focus on the sentence</source>
        <translation>Выделять предложение</translation>
    </message>
    <message>
        <source>Typewriter</source>
        <translation>Пишущая машинка</translation>
    </message>
    <message>
        <source>Only the note</source>
        <translation>Только заметка</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Свернуть</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Развернуть</translation>
    </message>
    <message>
        <source>Fold everything</source>
        <translation>Свернуть всё</translation>
    </message>
    <message>
        <source>Unfold everything</source>
        <translation>Развернуть всё</translation>
    </message>
    <message>
        <source>Go to note…</source>
        <translation>Перейти к заметке…</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>Все команды…</translation>
    </message>
    <message>
        <source>Search everywhere</source>
        <translation>Искать везде</translation>
    </message>
    <message>
        <source>Search below this note</source>
        <translation>Искать внутри этой заметки</translation>
    </message>
    <message>
        <source>Go to heading</source>
        <translation>Перейти к заголовку</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Вперёд</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>Следующая вкладка</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>Предыдущая вкладка</translation>
    </message>
    <message>
        <source>To the tree</source>
        <translation>К дереву</translation>
    </message>
    <message>
        <source>To the editor</source>
        <translation>К редактору</translation>
    </message>
    <message>
        <source>To the backlinks</source>
        <translation>К обратным ссылкам</translation>
    </message>
    <message>
        <source>Rebuild the search index</source>
        <translation>Перестроить поисковый индекс</translation>
    </message>
    <message>
        <source>Forget which results were opened</source>
        <translation>Забыть, какие результаты открывались</translation>
    </message>
    <message>
        <source>How to search</source>
        <translation>Как искать</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>About Konspekt</source>
        <translation>О программе Konspekt</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>The disk is full: nothing was written; free some space and try again.</source>
        <translation>Диск заполнен, ничего не записано; освободите место и повторите.</translation>
    </message>
    <message>
        <source>There is no library at {0}.</source>
        <translation>Библиотеки {0} нет.</translation>
    </message>
    <message>
        <source>There is no file {0}.</source>
        <translation>Файла {0} нет.</translation>
    </message>
    <message>
        <source>The library was opened for reading only; close the other Konspekt and try again.</source>
        <translation>Библиотека открыта только для чтения; закройте другой Konspekt и повторите.</translation>
    </message>
    <message>
        <source>The library was opened for reading only, so its index cannot be brought up to date.</source>
        <translation>Библиотека открыта только для чтения, поэтому индекс нельзя обновить.</translation>
    </message>
    <message>
        <source>{0} is open in another Konspekt; close it there first.</source>
        <translation>Библиотека {0} открыта в другом окне Konspekt; сначала закройте её там.</translation>
    </message>
    <message>
        <source>{0} is busy in another program; try again in a moment.</source>
        <translation>Файл {0} занят другой программой; повторите чуть позже.</translation>
    </message>
    <message>
        <source>{0} is damaged; restore a backup with “konspekt restore FILE”.</source>
        <translation>Файл {0} повреждён; восстановите резервную копию командой «konspekt restore ФАЙЛ».</translation>
    </message>
    <message>
        <source>{0} is damaged: {1} texts differ from their checksums ({2}).</source>
        <translation>Файл {0} повреждён: текстов с неверной контрольной суммой — {1} ({2}).</translation>
    </message>
    <message>
        <source>{0} is damaged: {1}.</source>
        <translation>Файл {0} повреждён: {1}.</translation>
    </message>
    <message>
        <source>{0} cannot be opened for writing; check the folder&apos;s permissions.</source>
        <translation>Файл {0} нельзя открыть для записи; проверьте права на папку.</translation>
    </message>
    <message>
        <source>{0} cannot be opened for writing: {1}.</source>
        <translation>Файл {0} нельзя открыть для записи: {1}.</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation>Файл {0} не читается: {1}.</translation>
    </message>
    <message>
        <source>{0} could not be read or written: {1}.</source>
        <translation>Не удалось прочитать или записать {0}: {1}.</translation>
    </message>
    <message>
        <source>{0} is not a Konspekt library; choose another file.</source>
        <translation>{0} — не библиотека Konspekt; выберите другой файл.</translation>
    </message>
    <message>
        <source>{0} is not a Konspekt library.</source>
        <translation>{0} — не библиотека Konspekt.</translation>
    </message>
    <message>
        <source>{0} is an empty file, not a library.</source>
        <translation>{0} — пустой файл, а не библиотека.</translation>
    </message>
    <message>
        <source>{0} was written by a newer Konspekt; update this one to open it.</source>
        <translation>Библиотека {0} записана более новой версией Konspekt; обновите программу, чтобы открыть её.</translation>
    </message>
    <message>
        <source>{0} was written by a newer Konspekt.</source>
        <translation>Библиотека {0} записана более новой версией Konspekt.</translation>
    </message>
    <message>
        <source>There is no room for a backup in {0}; free {1} MB.</source>
        <translation>В папке {0} нет места для резервной копии; освободите {1} МБ.</translation>
    </message>
    <message>
        <source>The backup could not be written: {0}.</source>
        <translation>Не удалось записать резервную копию: {0}.</translation>
    </message>
    <message>
        <source>{0} is damaged, so no backup was made; run “konspekt check --repair” first.</source>
        <translation>Библиотека {0} повреждена, поэтому копия не сделана; сначала запустите «konspekt check --repair».</translation>
    </message>
    <message>
        <source>The copy could not be put in place, the library is as it was: {0}.</source>
        <translation>Копию не удалось поставить на место, библиотека осталась прежней: {0}.</translation>
    </message>
    <message>
        <source>The library could not be read: {0}; try “konspekt check”.</source>
        <translation>Не удалось прочитать библиотеку: {0}; запустите «konspekt check».</translation>
    </message>
    <message>
        <source>The library was closed; open it again.</source>
        <translation>Библиотека закрыта; откройте её снова.</translation>
    </message>
    <message>
        <source>A reader cannot write.</source>
        <translation>При чтении нельзя записывать.</translation>
    </message>
    <message>
        <source>{0} holds instructions that no Konspekt writes into a library; it was not opened.</source>
        <translation>В файле {0} есть команды, которых Konspekt в библиотеки не записывает; он не открыт.</translation>
    </message>
    <message>
        <source>The search index cannot be written: {0}.</source>
        <translation>Не удалось записать поисковый индекс: {0}.</translation>
    </message>
    <message>
        <source>“{0}” lies too deep for a folder on a disk; export it by itself.</source>
        <translation>«{0}» лежит слишком глубоко для папки на диске; экспортируйте эту заметку отдельно.</translation>
    </message>
    <message>
        <source>“{0}” is in the trash; put it back to export it.</source>
        <translation>«{0}» в корзине; восстановите её, чтобы экспортировать.</translation>
    </message>
    <message>
        <source>“{0}” takes too long to convert and stays as it is written.</source>
        <translation>«{0}» преобразуется слишком долго и остаётся так, как написана.</translation>
    </message>
    <message>
        <source>The process that converts notes did not start; nothing was written.</source>
        <translation>Процесс преобразования заметок не запустился; ничего не записано.</translation>
    </message>
    <message>
        <source>That note is not in the library any more.</source>
        <translation>Этой заметки в библиотеке больше нет.</translation>
    </message>
    <message>
        <source>That note was deleted for good; copy your text into a new note.</source>
        <translation>Эта заметка удалена навсегда; скопируйте свой текст в новую.</translation>
    </message>
    <message>
        <source>That earlier text is not kept any more.</source>
        <translation>Прежний текст больше не хранится.</translation>
    </message>
    <message>
        <source>There is no note “{0}”; “konspekt list” shows what there is.</source>
        <translation>Заметки «{0}» нет; команда «konspekt list» покажет имеющиеся.</translation>
    </message>
    <message>
        <source>“{0}” names several notes, give a path or an id: {1}.</source>
        <translation>«{0}» — имя нескольких заметок, укажите путь или номер: {1}.</translation>
    </message>
    <message>
        <source>This note was changed elsewhere meanwhile; your text was not stored over it.</source>
        <translation>Тем временем заметка изменена в другом месте; ваш текст не записан поверх неё.</translation>
    </message>
    <message>
        <source>The note above is in the trash; restore it first.</source>
        <translation>Заметка уровнем выше — в корзине; сначала восстановите её.</translation>
    </message>
    <message>
        <source>A note cannot stand under itself.</source>
        <translation>Заметку нельзя вложить в саму себя.</translation>
    </message>
    <message>
        <source>“{0}” was changed there since; nothing was taken back.</source>
        <translation>«{0}» с тех пор там изменилась; ничего не отменено.</translation>
    </message>
    <message>
        <source>These words cannot be a heading there; write the heading in the text.</source>
        <translation>Эти слова не могут стать заголовком; напишите его в тексте.</translation>
    </message>
    <message>
        <source>No note can have the name that this link says; write another name into it.</source>
        <translation>Заметки с таким именем, как в этой ссылке, быть не может; напишите в ссылке другое имя.</translation>
    </message>
    <message>
        <source>These words would take a link out of the note; write the heading in the text.</source>
        <translation>Эти слова убрали бы из заметки ссылку; напишите заголовок в тексте.</translation>
    </message>
    <message>
        <source>Links that could not be written anew and lead nowhere now: {0}.</source>
        <translation>Ссылок, которые не удалось переписать: {0}; теперь они никуда не ведут.</translation>
    </message>
    <message>
        <source>That heading is not in the note any more.</source>
        <translation>Этого заголовка в заметке больше нет.</translation>
    </message>
    <message>
        <source>The front matter cannot be read there, so the old name was not kept as an alias.</source>
        <translation>Свойства заметки не удалось прочитать, поэтому старое имя не сохранено как псевдоним.</translation>
    </message>
    <message>
        <source>Only notes in the trash can be deleted for good.</source>
        <translation>Навсегда удалить можно только заметки из корзины.</translation>
    </message>
    <message>
        <source>This note was changed elsewhere meanwhile; nothing was taken out.</source>
        <translation>Заметка тем временем изменилась в другом месте; ничего не извлечено.</translation>
    </message>
    <message>
        <source>There is nothing to take out: select some words first.</source>
        <translation>Извлекать нечего: сначала выделите слова.</translation>
    </message>
    <message>
        <source>A note cannot be merged into itself.</source>
        <translation>Заметку нельзя объединить с самой собой.</translation>
    </message>
    <message>
        <source>A note in the trash cannot be merged; put it back first.</source>
        <translation>Заметку из корзины нельзя объединить; сначала верните её.</translation>
    </message>
    <message>
        <source>No note is called “{0}”.</source>
        <translation>Заметки «{0}» нет.</translation>
    </message>
    <message>
        <source>“{0}” has no section “{1}”.</source>
        <translation>В «{0}» нет раздела «{1}».</translation>
    </message>
    <message>
        <source>“{0}” has no block “{1}”.</source>
        <translation>В «{0}» нет блока «{1}».</translation>
    </message>
    <message>
        <source>A note cannot show itself.</source>
        <translation>Заметка не может показать саму себя.</translation>
    </message>
    <message>
        <source>Only the beginning is shown here.</source>
        <translation>Здесь показано только начало.</translation>
    </message>
    <message>
        <source>The text was changed meanwhile; look again and choose anew.</source>
        <translation>Текст тем временем изменился; посмотрите ещё раз и выберите заново.</translation>
    </message>
    <message>
        <source>Nothing was found for “{0}”; these are the results for “{1}”.</source>
        <translation>По запросу «{0}» ничего не найдено; показаны результаты для «{1}».</translation>
    </message>
    <message>
        <source>Few notes hold “{0}”; below them are the results for “{1}”.</source>
        <translation>Заметок с «{0}» мало; ниже показаны результаты для «{1}».</translation>
    </message>
    <message>
        <source>No note holds all of these words; these hold some of them.</source>
        <translation>Нет заметок со всеми этими словами; показаны те, где есть некоторые.</translation>
    </message>
    <message>
        <source>Write a query first; then it can be saved.</source>
        <translation>Сначала напишите запрос, тогда его можно сохранить.</translation>
    </message>
    <message>
        <source>The disk has no room for the search index; free some, then it goes on.</source>
        <translation>На диске нет места для поискового индекса; освободите место, и он будет достроен.</translation>
    </message>
    <message>
        <source>The search index was written but could not be read back; the disk may be failing.</source>
        <translation>Поисковый индекс записан, но не читается; возможно, диск неисправен.</translation>
    </message>
    <message>
        <source>The search index process ended by itself again and again; search reads the texts instead.</source>
        <translation>Процесс индексации несколько раз завершился сам; поиск пока просматривает тексты.</translation>
    </message>
    <message>
        <source>The index is being built: the texts were looked through instead.</source>
        <translation>Индекс ещё строится, поэтому просмотрены сами тексты.</translation>
    </message>
    <message>
        <source>The index is being built: the newest {0} notes were looked through so far.</source>
        <translation>Индекс ещё строится; пока просмотрены самые новые заметки: {0}.</translation>
    </message>
    <message>
        <source>The search index is being written by another Konspekt.</source>
        <translation>Поисковый индекс сейчас записывает другой Konspekt.</translation>
    </message>
    <message>
        <source>The query is too long: {0} characters are the most.</source>
        <translation>Запрос слишком длинный; предел в символах: {0}.</translation>
    </message>
    <message>
        <source>The query has too many words: {0} are the most.</source>
        <translation>В запросе слишком много слов; предел: {0}.</translation>
    </message>
    <message>
        <source>The brackets of the query are nested too deeply: {0} levels are the most.</source>
        <translation>Скобки в запросе вложены слишком глубоко; предел уровней: {0}.</translation>
    </message>
    <message>
        <source>Say what “{0}:” should be, for example {1}.</source>
        <translation>Укажите значение после «{0}:», например {1}.</translation>
    </message>
    <message>
        <source>A search cannot begin with “*”: give the first letters, for example систем*.</source>
        <translation>Запрос не может начинаться с «*»: укажите первые буквы, например систем*.</translation>
    </message>
    <message>
        <source>Give at least two letters before “*”.</source>
        <translation>Перед «*» нужно хотя бы две буквы.</translation>
    </message>
    <message>
        <source>“{0}” is nothing that {1}: knows; it takes {2}.</source>
        <translation>«{0}» не подходит к «{1}:»; можно {2}.</translation>
    </message>
    <message>
        <source>“{0}” ends before it begins.</source>
        <translation>«{0}»: конец раньше начала.</translation>
    </message>
    <message>
        <source>“{0}” is not a date: write 2023, 2023-10, 2023-10-30 or 2023..2024.</source>
        <translation>«{0}» — не дата; пишите 2023, 2023-10, 2023-10-30 или 2023..2024.</translation>
    </message>
    <message>
        <source>“{0}” is not in the calendar.</source>
        <translation>Такой даты нет: «{0}».</translation>
    </message>
    <message>
        <source>Of {0} notes the biggest connected part is shown: {1}.</source>
        <translation>Из {0} заметок показана самая большая связанная часть: {1}.</translation>
    </message>
    <message>
        <source>Of {0} notes the {1} best linked are shown; a filter shows the others.</source>
        <translation>Из {0} заметок показаны {1} с наибольшим числом ссылок; остальные покажет фильтр.</translation>
    </message>
    <message>
        <source>There is no file or folder {0}.</source>
        <translation>Нет файла или папки {0}.</translation>
    </message>
    <message>
        <source>There is nothing to import in this folder.</source>
        <translation>В этой папке нечего импортировать.</translation>
    </message>
    <message>
        <source>This is neither a file nor a folder.</source>
        <translation>Это не файл и не папка.</translation>
    </message>
    <message>
        <source>Only Markdown and plain text files can become notes.</source>
        <translation>Заметками могут стать только файлы Markdown и простой текст.</translation>
    </message>
    <message>
        <source>Too deep: what lies in here was not imported.</source>
        <translation>Слишком глубокая вложенность; содержимое не импортировано.</translation>
    </message>
    <message>
        <source>A link to another place is not followed.</source>
        <translation>Ссылка на другое место; переход по ней не выполнялся.</translation>
    </message>
    <message>
        <source>The folder cannot be read: {0}.</source>
        <translation>Папка не читается: {0}.</translation>
    </message>
    <message>
        <source>The file cannot be read: {0}.</source>
        <translation>Файл не читается: {0}.</translation>
    </message>
    <message>
        <source>The file is larger than {0} MB.</source>
        <translation>Файл больше {0} МБ.</translation>
    </message>
    <message>
        <source>The file is not text: it holds bytes that no note can have.</source>
        <translation>Это не текст: в файле есть байты, которых не может быть в заметке.</translation>
    </message>
    <message>
        <source>The file is not text: it is full of control characters.</source>
        <translation>Это не текст: в файле множество управляющих символов.</translation>
    </message>
    <message>
        <source>The file is not UTF-8, and its encoding could not be recognised.</source>
        <translation>Файл не в UTF-8, и его кодировку определить не удалось.</translation>
    </message>
    <message>
        <source>Read as {0}, which was recognised, not declared; Konspekt keeps and exports it as UTF-8.</source>
        <translation>Прочитан как {0}: кодировка определена по содержимому; Konspekt хранит и экспортирует его в UTF-8.</translation>
    </message>
    <message>
        <source>Read as {0}, but some characters may differ from the file; please compare.</source>
        <translation>Прочитан как {0}, но некоторые символы могут отличаться; сверьте с файлом.</translation>
    </message>
    <message>
        <source>The file and its note were both changed; the file&apos;s version was put beside the note.</source>
        <translation>Изменились и файл, и заметка; версия из файла положена рядом с заметкой.</translation>
    </message>
    <message>
        <source>The note says the same already; skipped.</source>
        <translation>Заметка уже совпадает с файлом; пропущен.</translation>
    </message>
    <message>
        <source>Stored as “{0}”, because there is a “{1}” already.</source>
        <translation>Сохранена как «{0}», потому что «{1}» уже есть.</translation>
    </message>
    <message>
        <source>{0} more files are unchanged.</source>
        <translation>Ещё файлов без изменений: {0}.</translation>
    </message>
    <message>
        <source>Nothing was chosen to export.</source>
        <translation>Для экспорта ничего не выбрано.</translation>
    </message>
    <message>
        <source>There is nothing to export.</source>
        <translation>Экспортировать нечего.</translation>
    </message>
    <message>
        <source>There is nothing to export: the folder holds no text.</source>
        <translation>Экспортировать нечего: в папке нет текста.</translation>
    </message>
    <message>
        <source>A note that was to be exported is not in the library any more.</source>
        <translation>Одной из заметок для экспорта в библиотеке больше нет.</translation>
    </message>
    <message>
        <source>“{0}” has no such section any more; nothing was written.</source>
        <translation>В заметке «{0}» такого раздела больше нет; ничего не записано.</translation>
    </message>
    <message>
        <source>The export could not be written: {0}.</source>
        <translation>Не удалось записать экспорт: {0}.</translation>
    </message>
    <message>
        <source>“{0}” would lie outside the chosen folder.</source>
        <translation>«{0}» оказался бы вне выбранной папки.</translation>
    </message>
    <message>
        <source>“{0}” in the chosen folder leads to another place; nothing was written.</source>
        <translation>«{0}» в выбранной папке ведёт в другое место; ничего не записано.</translation>
    </message>
    <message>
        <source>“{0}” is a folder there already; choose another folder.</source>
        <translation>«{0}» — там уже есть папка с таким именем; выберите другую папку.</translation>
    </message>
    <message>
        <source>“{0}” is there already; choose another folder or allow overwriting.</source>
        <translation>Файл «{0}» уже есть; выберите другую папку или разрешите замену.</translation>
    </message>
    <message>
        <source>“{0}” is a file, not a folder.</source>
        <translation>«{0}» — файл, а не папка.</translation>
    </message>
    <message>
        <source>Links that became plain text, because what they lead to is not exported: {0}.</source>
        <translation>Ссылок стало простым текстом, потому что их цели не экспортируются: {0}.</translation>
    </message>
    <message>
        <source>The image “{0}” is not in the library.</source>
        <translation>Изображения «{0}» нет в библиотеке.</translation>
    </message>
    <message>
        <source>The text differs from its checksum.</source>
        <translation>Текст не совпадает со своей контрольной суммой.</translation>
    </message>
    <message>
        <source>Its sections or links do not follow from its text.</source>
        <translation>Разделы или ссылки не соответствуют тексту.</translation>
    </message>
    <message>
        <source>Row {0} refers to a row that is gone.</source>
        <translation>Строка {0} ссылается на отсутствующую строку.</translation>
    </message>
    <message>
        <source>SQLite says: {0}</source>
        <translation>Сообщение SQLite: {0}</translation>
    </message>
</context>
<context>
    <name>health</name>
    <message>
        <source>the same name in another folder</source>
        <translation>то же имя в другой папке</translation>
    </message>
    <message>
        <source>it was called so before</source>
        <translation>так она называлась раньше</translation>
    </message>
    <message>
        <source>the same words</source>
        <translation>те же слова</translation>
    </message>
    <message>
        <source>the same but for the number</source>
        <translation>то же, кроме номера</translation>
    </message>
    <message>
        <source>written in the other keyboard layout</source>
        <translation>набрано в другой раскладке</translation>
    </message>
    <message>
        <source>other forms of the words</source>
        <translation>другие формы слов</translation>
    </message>
    <message>
        <source>one letter is another</source>
        <translation>отличается одна буква</translation>
    </message>
    <message>
        <source>most of the words</source>
        <translation>большинство слов</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} МБ</translation>
    </message>
    <message>
        <source>{0} KB</source>
        <translation>{0} КБ</translation>
    </message>
    <message>
        <source>no such file in the library</source>
        <translation>такого файла в библиотеке нет</translation>
    </message>
    <message>
        <source>“{0}” has no such heading</source>
        <translation>в «{0}» нет такого заголовка</translation>
    </message>
    <message>
        <source>“{0}” has no such paragraph</source>
        <translation>в «{0}» нет такого абзаца</translation>
    </message>
    <message>
        <source>“{0}” is in the trash</source>
        <translation>«{0}» в корзине</translation>
    </message>
    <message>
        <source>no note goes by this name</source>
        <translation>так не называется ни одна заметка</translation>
    </message>
    <message>
        <source>Use “{0}”</source>
        <translation>Заменить на «{0}»</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message>
        <source>Create note</source>
        <translation>Создать заметку</translation>
    </message>
    <message>
        <source>leads to {0}</source>
        <translation>ведёт в {0}</translation>
    </message>
    <message>
        <source>Write “{0}”</source>
        <translation>Написать «{0}»</translation>
    </message>
    <message>
        <source>the path says which note is meant</source>
        <translation>путь говорит, какая заметка имеется в виду</translation>
    </message>
</context>
<context>
    <name>offline</name>
    <message>
        <source>{0} kB</source>
        <translation>{0} КБ</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} МБ</translation>
    </message>
    <message>
        <source>This is no address of the web.</source>
        <translation>Это не адрес в сети.</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Сервер недоступен.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not to be trusted.</source>
        <translation>Сертификату сервера нельзя доверять.</translation>
    </message>
    <message>
        <source>The connection was cut before the end.</source>
        <translation>Соединение прервалось раньше времени.</translation>
    </message>
    <message>
        <source>The server takes too long.</source>
        <translation>Сервер отвечает слишком долго.</translation>
    </message>
    <message>
        <source>The server answered with error {0}.</source>
        <translation>Сервер ответил ошибкой {0}.</translation>
    </message>
    <message>
        <source>The server asks for a password.</source>
        <translation>Сервер требует пароль.</translation>
    </message>
    <message>
        <source>The address is forwarded more than {0} times.</source>
        <translation>Адрес перенаправляется больше {0} раз.</translation>
    </message>
    <message>
        <source>The address is forwarded to a place that is not followed.</source>
        <translation>Адрес перенаправляет туда, куда переходить нельзя.</translation>
    </message>
    <message>
        <source>The image is larger than {0} MB.</source>
        <translation>Картинка больше {0} МБ.</translation>
    </message>
    <message>
        <source>Left out: {0} MB were fetched already; ask again for the rest.</source>
        <translation>Пропущено: уже загружено {0} МБ; повторите, чтобы получить остальное.</translation>
    </message>
    <message>
        <source>The server sent a web page, not an image.</source>
        <translation>Сервер прислал страницу, а не картинку.</translation>
    </message>
    <message>
        <source>This is no image of a kind that can be shown.</source>
        <translation>Это не картинка, которую можно показать.</translation>
    </message>
    <message>
        <source>The image is damaged.</source>
        <translation>Картинка повреждена.</translation>
    </message>
    <message>
        <source>The image has too many pixels ({0} × {1}).</source>
        <translation>В картинке слишком много точек ({0} × {1}).</translation>
    </message>
    <message>
        <source>The drawing holds more than shapes and words, so it was refused.</source>
        <translation>В рисунке не только фигуры и слова, поэтому он не принят.</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>… и ещё {0}</translation>
    </message>
</context>
<context>
    <name>runners</name>
    <message>
        <source>A text could not be saved. Closing now would lose it. Close all the same?</source>
        <translation>Один из текстов не удалось сохранить; если закрыть окно, он пропадёт. Всё равно закрыть?</translation>
    </message>
</context>
</TS>
