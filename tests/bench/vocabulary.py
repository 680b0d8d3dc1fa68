"""The words that generated notes are made of: common Russian and English ones, the most frequent about first.

Russian words stand in their dictionary form; their other forms come from pymorphy3. English ones are inflected by rule.
"""

GLUE = {
    "ru": """и в не на что с это как по но к у из за от то для о а же так или если мы он она они вы его её их
        только при до уже бы когда ещё чем также где можно может этот тот который есть был была было были быть
        свой весь всё все над под между через после перед без про ли потому поэтому чтобы тогда здесь там сейчас
        потом очень более менее другой каждый один два три себя нет да даже лишь хотя пока снова всегда никогда
        иногда почти вместо кроме около""",
    "en": """the of and to a in is it that for on as with are this be by at or from not but we you they he she its
        have has was were will can could should would may if when where which who what how there their our your
        than then so no all each every some any such more most other one two three also only just about into
        over under between after before without because while through both either neither very still already
        never always often here""",
}

COMMON = {
    "ru": """данные модель система время работа метод задача человек год результат пример функция проект команда
        код вопрос процесс язык текст слово запрос индекс поиск документ заметка лекция дайджест статья книга
        автор читатель тема раздел ссылка страница файл папка список таблица строка столбец поле значение ключ
        запись база хранилище память диск сеть сервер клиент пользователь программа приложение библиотека пакет
        модуль класс объект переменная тип параметр аргумент цикл условие ошибка исключение тест проверка
        отладка сборка выпуск версия ветка изменение правка история резерв копия восстановление защита
        безопасность пароль доступ право роль группа участник встреча план цель срок этап шаг решение причина
        следствие связь отношение граф узел ребро дерево корень лист путь маршрут расстояние вес оценка мера
        метрика точность полнота скорость задержка нагрузка очередь поток событие сообщение сигнал канал
        протокол формат стандарт правило закон принцип подход идея мысль понятие определение теорема
        доказательство формула уравнение число сумма разность произведение степень предел производная интеграл
        вектор матрица пространство точка линия плоскость угол круг множество элемент порядок вероятность случай
        распределение среднее дисперсия выборка гипотеза наблюдение измерение прибор датчик изображение картинка
        звук видео камера экран кнопка окно меню панель поиск курсор шрифт цвет фон тень край граница размер
        высота ширина длина глубина объём масса сила энергия температура давление свет волна частота атом
        молекула клетка организм животное растение птица рыба лес поле река море озеро гора земля вода воздух
        огонь небо солнце луна звезда планета город улица дом квартира комната дверь стена крыша стол стул книга
        бумага карандаш ручка тетрадь школа университет студент преподаватель экзамен зачёт семинар курс семестр
        кафедра факультет учёный наука исследование открытие эксперимент теория практика опыт знание умение
        навык обучение сеть нейрон слой признак класс кластер ансамбль регрессия классификация обработка анализ
        отчёт вывод график диаграмма схема рисунок подпись заголовок абзац предложение перевод словарь буква
        звук корпус разметка лемма форма падеж глагол существительное прилагательное деньги цена рынок товар
        услуга покупатель продавец компания фирма директор сотрудник коллега начальник зарплата договор письмо
        почта телефон звонок ответ помощь совет мнение спор согласие выбор риск шанс успех неудача победа игра
        игрок правило счёт спорт врач больница болезнь лекарство здоровье сердце рука нога голова глаз лицо
        голос слух взгляд чувство радость страх любовь дружба друг брат сестра мать отец ребёнок семья жизнь
        смерть душа характер память сон мечта надежда вера государство страна народ общество культура искусство
        музыка песня театр фильм роман стих рассказ герой война мир армия солдат революция век эпоха день ночь
        утро вечер неделя месяц час минута секунда начало конец середина часть целое делать сделать работать
        использовать создать создавать получить получать найти искать читать писать знать понимать думать
        говорить сказать видеть смотреть слышать помнить забыть учить учиться решать решить начать закончить
        открыть закрыть сохранить удалить добавить изменить проверить проверять запустить остановить отправить
        принять передать вернуть взять дать положить ставить показать описать объяснить назвать считать
        посчитать измерить сравнить выбрать построить разработать исследовать доказать предложить требовать
        позволять помогать мешать менять расти падать двигаться идти ехать прийти уйти войти выйти жить ждать
        спать есть пить купить продать платить стоить хотеть мочь стать оставаться казаться зависеть относиться
        являться содержать хранить называться находиться происходить появиться исчезнуть повторить обновить
        загрузить настроить собрать разобрать обсудить отметить вспомнить выполнить применить определить
        обозначить вычислить обучить предсказать улучшить ускорить уменьшить увеличить новый старый большой
        маленький хороший плохой важный нужный полезный простой сложный лёгкий трудный быстрый медленный высокий
        низкий длинный короткий широкий узкий глубокий полный пустой первый последний следующий предыдущий
        главный основной общий частный отдельный разный одинаковый похожий правильный неправильный точный
        приблизительный возможный вероятный случайный постоянный временный внешний внутренний верхний нижний
        левый правый открытый закрытый свободный занятый готовый живой мёртвый тёплый холодный горячий сильный
        слабый умный глупый молодой русский английский современный древний известный неизвестный научный учебный
        линейный нелинейный распределённый параллельный последовательный векторный матричный языковой нейронный
        машинный глубинный статистический математический физический химический биологический исторический
        экономический политический социальный личный рабочий домашний городской сельский белый чёрный красный
        синий зелёный жёлтый серый""",
    "en": """data model system time work method task people year result example function project team code question
        process language text word query index search document note lecture digest article book author reader
        topic section link page file folder list table row column field value key record database storage memory
        disk network server client user program application library package module class object variable type
        parameter argument loop condition error exception test check build release version branch change edit
        history backup copy recovery security password access right role group member meeting plan goal deadline
        stage step decision reason effect relation graph node edge tree root leaf path route distance weight
        score measure metric precision recall speed latency load queue stream event message signal channel
        protocol format standard rule law principle approach idea thought concept definition theorem proof
        formula equation number sum difference product power limit derivative integral vector matrix space point
        line plane angle circle set element order probability case distribution mean variance sample hypothesis
        observation measurement device sensor image picture sound video camera screen button window menu panel
        cursor font color background shadow border size height width length depth volume mass force energy
        temperature pressure light wave frequency atom molecule cell organism animal plant bird fish forest
        river sea lake mountain earth water air fire sky sun moon star planet city street house room door wall
        roof chair paper pencil school university student teacher exam seminar course semester department
        scientist science research discovery experiment theory practice experience knowledge skill learning
        neuron layer feature cluster ensemble regression classification analysis report conclusion chart diagram
        scheme figure caption heading paragraph sentence translation dictionary letter corpus markup lemma verb
        noun adjective money price market service buyer seller company director employee colleague manager
        salary contract mail phone call answer help advice opinion argument agreement choice risk chance success
        failure victory game player sport doctor hospital disease medicine health heart hand head eye face voice
        view feeling joy fear love friend brother sister mother father child family life death soul character
        dream hope faith state country nation society culture art music song theatre film novel poem story hero
        war peace army soldier revolution century age day night morning evening week month hour minute second
        beginning end middle part whole cache thread lock kernel driver compiler parser lexer token grammar
        syntax pipeline container cluster replica shard partition snapshot journal transaction schema migration
        commit merge conflict review issue ticket patch bug feature flag metric trace log alert dashboard budget
        roadmap backlog sprint interview resume career onboarding mentor policy license vendor gateway proxy
        balancer firewall use make get find read write know understand think say see watch hear remember forget
        learn solve start finish open close save delete add change verify run stop send accept pass return take
        give put show describe explain name count compare choose construct develop study prove suggest require
        allow support prevent grow fall move go come enter leave live wait sleep eat drink buy sell pay cost
        want become remain seem depend relate contain keep happen appear vanish repeat update load configure
        collect discuss mark recall perform apply determine compute train predict improve accelerate reduce
        increase deploy install measure monitor schedule optimize refactor serialize encode decode encrypt
        compress parse render publish subscribe validate annotate retrieve rank filter new old big small good
        bad important useful simple complex easy hard fast slow high low long short wide narrow deep full empty
        first last next previous main general separate different equal similar correct wrong exact approximate
        possible probable random constant temporary external internal upper lower left right closed free busy
        ready alive warm cold hot strong weak smart young modern ancient known unknown scientific linear
        nonlinear distributed parallel sequential neural statistical mathematical physical chemical biological
        historical economic political social personal domestic urban white black red blue green yellow grey
        robust sparse dense stable scalable reliable portable readable mutable nested recursive lazy eager
        atomic global local remote native virtual static dynamic abstract concrete public private hidden visible
        large tiny early late recent common rare""",
}

ENDINGS = {  # of invented words: nouns of three declensions and verbs, as a reader would inflect them
    "ru": (
        ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"),
        ("а", "ы", "е", "у", "ой", "", "ам", "ами", "ах"),
        ("ение", "ения", "ению", "ением", "ении", "ений", "ениям", "ениях"),
        ("ать", "ает", "ают", "ал", "ала", "али", "ает", "ай"),
        ("ный", "ная", "ное", "ные", "ного", "ной", "ным", "ных"),
    ),
    "en": (("", "s"), ("", "s", "ed", "ing"), ("er", "ers", "ing"), ("tion", "tions"), ("ly", "", "ness")),
}
SYLLABLES = {
    "ru": """ба бо ва ви го гра да де ди до ду же за зо ка ки ко кра ку ла ле ли ло лу ма ме ми мо му на не ни но
        ну па пе пи по пра про ра ре ри ро ру са се си со ста сту та те ти то тра ту фе фо ха хо це ча че ша ше
        ши шо эк ал ан ар""",
    "en": """ba be bi bo ca ce co cra da de di do dra fa fe fi fo ga ge gra ha he ho ja ka ke ki la le li lo lu ma
        me mi mo na ne ni no nu pa pe pi po pra pro ra re ri ro sa se si so sta stri ta te ti to tra tu va ve vi
        wa we wi ya ze zo""",
}
CONSONANTS = {
    "ru": "б в г д з к л м н п р с т ф х ц ч ш ст нт".split(),
    "en": "b c d f g k l m n p r s t st nt x".split(),
}
CODE = (
    "```python\ndef {a}({b}):\n    return [{b}.{c}(x) for x in {b} if x > {n}]\n```",
    "```sql\nSELECT {a}, count(*) FROM {b} WHERE {c} >= {n} GROUP BY {a} ORDER BY 2 DESC;\n```",
    "```bash\n{a} --{b} {n} | grep -v {c} > /tmp/{a}.log\n```",
    '```json\n{{"{a}": {n}, "{b}": ["{c}", null]}}\n```',
)
HOSTS = "habr.com github.com arxiv.org ru.wikipedia.org docs.python.org medium.com stackoverflow.com sqlite.org".split()
