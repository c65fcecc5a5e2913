"""The rows that must exist: the three questions, the conversation that asks them, regions, reasons for declining."""

from django.db import migrations
from django.utils import timezone

# The English is the wording of the announcement; the other languages are our translations of it. Historical models do
# not know modeltranslation, so each column is named, and the base column is the English one.
QUESTIONS = [
    {
        "slug": "meaning",
        "en": "What does diversity mean in your context?",
        "ar": "ماذا يعني التنوّع في سياقك؟",
        "es": "¿Qué significa la diversidad en tu contexto?",
        "sv": "Vad betyder mångfald i ditt sammanhang?",
    },
    {
        "slug": "needs",
        "en": "What specific needs should be addressed to advance your work?",
        "ar": "ما الاحتياجات المحدّدة التي ينبغي تلبيتها كي يتقدّم عملك؟",
        "es": "¿Qué necesidades concretas habría que atender para que tu trabajo avance?",
        "sv": "Vilka konkreta behov behöver tillgodoses för att ditt arbete ska komma vidare?",
    },
    {
        "slug": "resources",
        "en": "What resources would address those needs?",
        "ar": "ما الموارد التي من شأنها أن تلبّي تلك الاحتياجات؟",
        "es": "¿Qué recursos servirían para atender esas necesidades?",
        "sv": "Vilka resurser skulle tillgodose de behoven?",
    },
]

# It begins when the portal is set up, and has no end until organizers set one.
CONVERSATION = {
    "slug": "where-you-are",
    "title_en": "What does diversity mean where you are?",
    "title_ar": "ماذا يعني التنوّع في محيطك؟",
    "title_es": "¿Qué significa la diversidad allí donde estás?",
    "title_sv": "Vad betyder mångfald där du är?",
    "invitation_en": "In November 2017 eighty Wikimedians from 43 countries met in Stockholm. They wrote down what holds diversity back, and invited others to say what diversity means where they are. This conversation is for everybody, in their own language.",
    "invitation_ar": "في نوفمبر 2017 اجتمع في ستوكهولم ثمانون شخصًا من مجتمعات ويكيميديا في 43 بلدًا. دوّنوا ما يعيق التنوّع، ودعوا آخرين إلى قول ما يعنيه التنوّع في محيطهم. هذا الحوار للجميع، وبكل اللغات.",
    "invitation_es": "En noviembre de 2017, ochenta wikimedistas de 43 países se reunieron en Estocolmo. Pusieron por escrito lo que frena la diversidad e invitaron a otras personas a decir qué significa la diversidad allí donde están. Esta conversación es para todo el mundo, cada quien en su propio idioma.",
    "invitation_sv": "I november 2017 träffades åttio wikimedianer från 43 länder i Stockholm. De skrev ned vad som hindrar mångfalden och bjöd in andra att säga vad mångfald betyder där de är. Det här samtalet är för alla, var och en på sitt eget språk.",
    "asked_by_en": "The organizers of this portal",
    "asked_by_ar": "منظّمو هذه البوابة",
    "asked_by_es": "La organización de este portal",
    "asked_by_sv": "Arrangörerna för den här portalen",
}

# The eight regions that the Wikimedia movement has worked with since 2022, and a ninth for what is tied to no place.
# The exact wording of their names is to be verified; organizers change it in the admin.
REGIONS = [
    ("ceeca", "Central & Eastern Europe and Central Asia", "وسط أوروبا وشرقها وآسيا الوسطى", "Europa Central y Oriental y Asia Central", "Central- och Östeuropa samt Centralasien"),
    ("eseap", "East & Southeast Asia and the Pacific", "شرق آسيا وجنوب شرقها والمحيط الهادئ", "Asia Oriental, Sudeste Asiático y el Pacífico", "Öst- och Sydostasien samt Stilla havet"),
    ("lac", "Latin America & the Caribbean", "أمريكا اللاتينية والكاريبي", "América Latina y el Caribe", "Latinamerika och Karibien"),
    ("mena", "Middle East & North Africa", "الشرق الأوسط وشمال أفريقيا", "Oriente Medio y Norte de África", "Mellanöstern och Nordafrika"),
    ("nwe", "Northern & Western Europe", "شمال أوروبا وغربها", "Europa del Norte y Occidental", "Nord- och Västeuropa"),
    ("sa", "South Asia", "جنوب آسيا", "Asia del Sur", "Sydasien"),
    ("ssa", "Sub-Saharan Africa", "أفريقيا جنوب الصحراء", "África subsahariana", "Afrika söder om Sahara"),
    ("usca", "United States & Canada", "الولايات المتحدة وكندا", "Estados Unidos y Canadá", "USA och Kanada"),
    ("none", "Not tied to a place", "غير مرتبط بمكان", "Sin vínculo con un lugar", "Inte knuten till en plats"),
]

# What authors read when their response is declined: (slug, {language: (title for reviewers, text for the author)}).
# Organizers change these in the admin. The columns of Indonesian end in "ind": "id" would be taken for a key.
REASONS = [
    (
        "reveals-somebody",
        {
            "en": ("It gives away somebody who has not agreed", "Your words let people recognise somebody who has not agreed to that: by a name, an address, a number or a detail. Leave that out, or say it in general. You can change your words at any time; they are then read again."),
            "ar": ("تكشف شخصًا لم يوافق على ذلك", "تتيح كلماتك التعرّف على شخص لم يوافق على ذلك: من خلال اسم أو عنوان أو رقم أو تفصيل. يُرجى حذف ذلك أو قوله بصورة عامة. يمكنك تعديل كلماتك في أي وقت؛ فتُقرأ عندئذ من جديد."),
            "es": ("Delata a alguien que no dio su acuerdo", "Tus palabras permiten reconocer a alguien que no dio su acuerdo: por un nombre, una dirección, un número o un detalle. Quítalo o dilo en general. Puedes cambiar tus palabras en cualquier momento; entonces se leen de nuevo."),
            "fa": ("هویت کسی را آشکار می‌کند که موافقت نکرده است", "از نوشتهٔ شما می‌توان کسی را شناخت که با این کار موافقت نکرده است: از یک نام، نشانی، شماره یا جزئیات. آن را حذف کنید یا به‌طور کلی بگویید. هر زمان می‌توانید نوشته‌تان را تغییر دهید؛ آن‌گاه دوباره خوانده می‌شود."),
            "fr": ("Elle trahit l’identité de quelqu’un qui n’a pas donné son accord", "Vos mots permettent de reconnaître quelqu’un qui n’a pas donné son accord\u00a0: par un nom, une adresse, un numéro ou un détail. Retirez-le, ou dites-le de façon générale. Vous pouvez modifier vos mots à tout moment\u00a0; ils sont alors lus de nouveau."),
            "hi": ("यह बिना सहमति किसी की पहचान उजागर करती है", "आपके शब्दों से कोई ऐसा व्यक्ति पहचाना जा सकता है जिसने इसकी सहमति नहीं दी: किसी नाम, पते, नंबर या ब्योरे से। उसे हटा दें, या उसे सामान्य ढंग से कहें। आप चाहें तो कभी भी अपने शब्द बदलें; तब उन्हें फिर से पढ़ा जाएगा।"),
            "ind": ("Membuka identitas orang yang tidak menyetujuinya", "Dari kata-kata Anda, orang dapat mengenali seseorang yang tidak menyetujuinya: lewat nama, alamat, nomor, atau rincian. Hapus bagian itu, atau sampaikan secara umum. Anda dapat mengubah kata-kata Anda kapan saja; setelah itu tanggapan akan dibaca lagi."),
            "pt_br": ("Expõe alguém que não concordou com isso", "Suas palavras permitem reconhecer alguém que não concordou com isso: por um nome, um endereço, um número ou um detalhe. Deixe isso de fora ou diga de modo geral. Você pode mudar suas palavras a qualquer momento; elas são então lidas de novo."),
            "ru": ("Он раскрывает человека, который на это не соглашался", "По вашим словам можно узнать человека, который на это не соглашался: по имени, адресу, номеру или подробности. Уберите это или скажите в общих чертах. Вы можете изменить свои слова в любое время; тогда их прочитают снова."),
            "sv": ("Det röjer någon som inte har gett sitt medgivande", "I din text går det att känna igen någon som inte har gett sitt medgivande: genom ett namn, en adress, ett nummer eller en detalj. Ta bort det, eller säg det mer allmänt. Du kan ändra din text när som helst. Då läses den på nytt."),
            "sw": ("Unamfichua mtu ambaye hakukubali", "Maneno yako yanawezesha kumtambua mtu ambaye hakukubali jambo hilo: kwa jina, anwani, namba au maelezo fulani. Ondoa sehemu hiyo, au iseme kwa ujumla. Unaweza kubadilisha maneno yako wakati wowote; kisha yatasomwa tena."),
            "zh_hans": ("暴露了未曾同意的人", "从您的文字中可以认出某个未曾同意的人：通过姓名、地址、号码或某个细节。请把它删去，或者说得笼统一些。您可以随时修改您的文字；修改后会重新审读。"),
        },
    ),
    (
        "attacks-somebody",
        {
            "en": ("It attacks or insults somebody", "Your words attack, threaten or insult a person or a group. Say what happened or what is wrong without that. To disagree, however sharply, is no reason to decline. You can change your words at any time; they are then read again."),
            "ar": ("تهاجم شخصًا أو تهينه", "تهاجم كلماتك شخصًا أو مجموعة أو تهددهم أو تهينهم. يُرجى قول ما حدث أو ما هو خطأ من دون ذلك. والاختلاف، مهما كان حادًّا، ليس سببًا للرفض. يمكنك تعديل كلماتك في أي وقت؛ فتُقرأ عندئذ من جديد."),
            "es": ("Ataca o insulta a alguien", "Tus palabras atacan, amenazan o insultan a una persona o a un grupo. Di sin eso qué pasó o qué está mal. No estar de acuerdo, por duro que se diga, no es motivo para rechazarla. Puedes cambiar tus palabras en cualquier momento; entonces se leen de nuevo."),
            "fa": ("به کسی حمله یا توهین می‌کند", "نوشتهٔ شما به فرد یا گروهی حمله می‌کند، آن‌ها را تهدید می‌کند یا به آن‌ها توهین می‌کند. بدون این کار بگویید چه شد یا چه چیزی نادرست است. مخالف بودن، هرچند تند، دلیلی برای رد کردن نیست. هر زمان می‌توانید نوشته‌تان را تغییر دهید؛ آن‌گاه دوباره خوانده می‌شود."),
            "fr": ("Elle attaque ou insulte quelqu’un", "Vos mots attaquent, menacent ou insultent une personne ou un groupe. Dites sans cela ce qui s’est passé ou ce qui ne va pas. Ne pas être d’accord, même vivement, n’est pas un motif de refus. Vous pouvez modifier vos mots à tout moment\u00a0; ils sont alors lus de nouveau."),
            "hi": ("यह किसी पर हमला या किसी का अपमान करती है", "आपके शब्द किसी व्यक्ति या समूह पर हमला करते हैं, उन्हें धमकाते हैं या उनका अपमान करते हैं। क्या हुआ या क्या ग़लत है, यह उसके बिना कहें। असहमति, चाहे कितनी भी तीखी हो, अस्वीकार करने का कारण नहीं है। आप चाहें तो कभी भी अपने शब्द बदलें; तब उन्हें फिर से पढ़ा जाएगा।"),
            "ind": ("Menyerang atau menghina seseorang", "Kata-kata Anda menyerang, mengancam, atau menghina seseorang atau suatu kelompok. Sampaikan apa yang terjadi atau apa yang salah tanpa hal itu. Tidak sependapat, setajam apa pun, bukanlah alasan untuk menolak. Anda dapat mengubah kata-kata Anda kapan saja; setelah itu tanggapan akan dibaca lagi."),
            "pt_br": ("Ataca ou insulta alguém", "Suas palavras atacam, ameaçam ou insultam uma pessoa ou um grupo. Diga sem isso o que aconteceu ou o que está errado. Discordar, por mais duro que seja o tom, não é motivo de recusa. Você pode mudar suas palavras a qualquer momento; elas são então lidas de novo."),
            "ru": ("Он нападает на кого-то или оскорбляет", "Ваши слова нападают на человека или группу, угрожают им или оскорбляют их. Скажите без этого, что произошло или что не так. Несогласие, даже резкое, — не причина для отклонения. Вы можете изменить свои слова в любое время; тогда их прочитают снова."),
            "sv": ("Det angriper eller förolämpar någon", "Din text angriper, hotar eller förolämpar en person eller en grupp. Säg utan det vad som har hänt eller vad som är fel. Att vara oense, hur skarpt det än sägs, är inget skäl för att avböja. Du kan ändra din text när som helst. Då läses den på nytt."),
            "sw": ("Unamshambulia au kumtukana mtu", "Maneno yako yanashambulia, kutishia au kutukana mtu au kikundi. Eleza kilichotokea au kisicho sawa bila kufanya hivyo. Kutokubaliana, hata kwa ukali, si sababu ya kukataa. Unaweza kubadilisha maneno yako wakati wowote; kisha yatasomwa tena."),
            "zh_hans": ("攻击或侮辱了他人", "您的文字攻击、威胁或侮辱了某个人或某个群体。请不带攻击地说出发生了什么，或者哪里不对。意见不同，哪怕措辞尖锐，也不是不予采纳的理由。您可以随时修改您的文字；修改后会重新审读。"),
        },
    ),
    (
        "not-an-answer",
        {
            "en": ("It does not answer the questions", "Your words do not speak to any of the questions, as with advertising or a test. Say something to one of the questions: one sentence is enough. You can change your words at any time; they are then read again."),
            "ar": ("لا تجيب عن الأسئلة", "لا تتعلق كلماتك بأي من الأسئلة، كما في إعلان أو تجربة. تكفي جملة واحدة عن أحد الأسئلة. يمكنك تعديل كلماتك في أي وقت؛ فتُقرأ عندئذ من جديد."),
            "es": ("No responde a las preguntas", "Tus palabras no tienen que ver con ninguna de las preguntas, como ocurre con la publicidad o una prueba. Di algo sobre una de las preguntas: basta una frase. Puedes cambiar tus palabras en cualquier momento; entonces se leen de nuevo."),
            "fa": ("به پرسش‌ها پاسخ نمی‌دهد", "نوشتهٔ شما به هیچ‌یک از پرسش‌ها ربطی ندارد، مانند تبلیغ یا آزمایش. دربارهٔ یکی از پرسش‌ها چیزی بگویید: یک جمله کافی است. هر زمان می‌توانید نوشته‌تان را تغییر دهید؛ آن‌گاه دوباره خوانده می‌شود."),
            "fr": ("Elle ne répond pas aux questions", "Vos mots n’ont de rapport avec aucune des questions, comme une publicité ou un essai. Dites quelque chose sur l’une des questions\u00a0: une phrase suffit. Vous pouvez modifier vos mots à tout moment\u00a0; ils sont alors lus de nouveau."),
            "hi": ("यह सवालों का जवाब नहीं देती", "आपके शब्द किसी भी सवाल से जुड़े नहीं हैं, जैसे कोई विज्ञापन या कोई परीक्षण। किसी एक सवाल पर कुछ कहें: एक वाक्य काफ़ी है। आप चाहें तो कभी भी अपने शब्द बदलें; तब उन्हें फिर से पढ़ा जाएगा।"),
            "ind": ("Tidak menjawab pertanyaan", "Kata-kata Anda tidak membahas satu pun pertanyaan, misalnya iklan atau percobaan. Sampaikan sesuatu tentang salah satu pertanyaan: satu kalimat sudah cukup. Anda dapat mengubah kata-kata Anda kapan saja; setelah itu tanggapan akan dibaca lagi."),
            "pt_br": ("Não responde às perguntas", "Suas palavras não tratam de nenhuma das perguntas, como propaganda ou um teste. Diga algo sobre uma das perguntas: uma frase basta. Você pode mudar suas palavras a qualquer momento; elas são então lidas de novo."),
            "ru": ("Он не отвечает на вопросы", "Ваши слова не относятся ни к одному из вопросов, как реклама или проба. Скажите что-нибудь по одному из вопросов: достаточно одной фразы. Вы можете изменить свои слова в любое время; тогда их прочитают снова."),
            "sv": ("Det svarar inte på frågorna", "Din text handlar inte om någon av frågorna, som när det är reklam eller ett test. Säg något om en av frågorna: en mening räcker. Du kan ändra din text när som helst. Då läses den på nytt."),
            "sw": ("Haujibu maswali", "Maneno yako hayahusu swali lolote, kama vile tangazo au jaribio. Sema jambo kuhusu mojawapo ya maswali: sentensi moja inatosha. Unaweza kubadilisha maneno yako wakati wowote; kisha yatasomwa tena."),
            "zh_hans": ("没有回答问题", "您的文字与各个问题都无关，例如广告或测试。请就其中一个问题说点什么：一句话就够了。您可以随时修改您的文字；修改后会重新审读。"),
        },
    ),
    (
        "sent-before",
        {
            "en": ("It says the same as another response of yours", "There is another response that says the same, and it seems to be yours too. One of them is enough, so nothing is lost. If this one is from somebody else, or you wanted to say something else, say so: you can change your words at any time; they are then read again."),
            "ar": ("تقول ما تقوله مشاركة أخرى لك", "هناك مشاركة أخرى تقول الشيء نفسه، ويبدو أنها لك أيضًا. تكفي واحدة منهما، فلا يضيع شيء. إن كانت هذه من شخص آخر، أو كنت تريد قول شيء آخر، فيُرجى ذكر ذلك: يمكنك تعديل كلماتك في أي وقت؛ فتُقرأ عندئذ من جديد."),
            "es": ("Dice lo mismo que otra aportación tuya", "Hay otra aportación que dice lo mismo, y parece que también es tuya. Con una basta, así que nada se pierde. Si esta es de otra persona, o querías decir otra cosa, dilo: puedes cambiar tus palabras en cualquier momento; entonces se leen de nuevo."),
            "fa": ("همان را می‌گوید که پاسخ‌نامهٔ دیگری از شما می‌گوید", "پاسخ‌نامهٔ دیگری همین را می‌گوید و به نظر می‌رسد آن هم از شماست. یکی از آن‌ها کافی است، پس چیزی از دست نمی‌رود. اگر این یکی از کس دیگری است یا می‌خواستید چیز دیگری بگویید، همان را بنویسید: هر زمان می‌توانید نوشته‌تان را تغییر دهید؛ آن‌گاه دوباره خوانده می‌شود."),
            "fr": ("Elle dit la même chose qu’une autre de vos contributions", "Une autre contribution dit la même chose, et elle semble être aussi de vous. Une seule suffit, rien n’est donc perdu. Si celle-ci vient de quelqu’un d’autre, ou si vous vouliez dire autre chose, dites-le\u00a0: vous pouvez modifier vos mots à tout moment\u00a0; ils sont alors lus de nouveau."),
            "hi": ("यह वही कहती है जो आपकी एक और प्रतिक्रिया", "एक और प्रतिक्रिया यही कहती है, और वह भी आपकी लगती है। उनमें से एक काफ़ी है, इसलिए कुछ भी खोता नहीं। अगर यह किसी और की है, या आप कुछ और कहना चाहते थे, तो वह लिखें: आप चाहें तो कभी भी अपने शब्द बदलें; तब उन्हें फिर से पढ़ा जाएगा।"),
            "ind": ("Mengatakan hal yang sama dengan tanggapan Anda yang lain", "Ada tanggapan lain yang mengatakan hal yang sama, dan tampaknya juga milik Anda. Satu saja sudah cukup, jadi tidak ada yang hilang. Jika yang ini dari orang lain, atau Anda ingin mengatakan hal lain, sampaikanlah: Anda dapat mengubah kata-kata Anda kapan saja; setelah itu tanggapan akan dibaca lagi."),
            "pt_br": ("Diz o mesmo que outra contribuição sua", "Há outra contribuição que diz o mesmo, e parece que também é sua. Uma delas basta, então nada se perde. Se esta é de outra pessoa, ou se você queria dizer outra coisa, diga isso: você pode mudar suas palavras a qualquer momento; elas são então lidas de novo."),
            "ru": ("Он говорит то же, что другой ваш отклик", "Есть другой отклик, который говорит то же самое, и, похоже, он тоже ваш. Достаточно одного из них, так что ничего не потеряно. Если этот отклик от кого-то другого или вы хотели сказать что-то ещё, скажите об этом: вы можете изменить свои слова в любое время; тогда их прочитают снова."),
            "sv": ("Det säger detsamma som ett annat bidrag från dig", "Det finns ett annat bidrag som säger detsamma, och det verkar också vara ditt. Det räcker med ett av dem, så inget går förlorat. Om det här är från någon annan, eller om du ville säga något annat, så säg det: du kan ändra din text när som helst. Då läses den på nytt."),
            "sw": ("Unasema sawa na mchango wako mwingine", "Kuna mchango mwingine unaosema jambo lile lile, na unaonekana kuwa wako pia. Mmoja unatosha, kwa hiyo hakuna kinachopotea. Ikiwa huu ni wa mtu mwingine, au ulitaka kusema jambo lingine, lieleze: unaweza kubadilisha maneno yako wakati wowote; kisha yatasomwa tena."),
            "zh_hans": ("与您的另一份回应内容相同", "另有一份回应说的是同样的内容，看来也是您的。有其中一份就够了，所以什么也没有丢失。如果这一份来自别人，或者您想说的是别的，请说明：您可以随时修改您的文字；修改后会重新审读。"),
        },
    ),
    (
        "not-enough-text",
        {
            "en": ("There is not enough text to understand it", "We could not understand what you want to say: there are too few words, or letters got lost on the way. Write a whole sentence, in any language. You can change your words at any time; they are then read again."),
            "ar": ("لا يكفي النص لفهمها", "لم نتمكن من فهم ما تقصده كلماتك: فهي قليلة جدًّا، أو ضاعت حروف منها في الطريق. تكفي جملة كاملة بأي لغة. يمكنك تعديل كلماتك في أي وقت؛ فتُقرأ عندئذ من جديد."),
            "es": ("No hay texto suficiente para entenderla", "No pudimos entender lo que quieres decir: hay muy pocas palabras, o se perdieron letras por el camino. Escribe una frase entera, en cualquier idioma. Puedes cambiar tus palabras en cualquier momento; entonces se leen de nuevo."),
            "fa": ("متن برای فهمیدن آن کافی نیست", "نتوانستیم بفهمیم چه می‌خواهید بگویید: واژه‌ها بسیار کم‌اند یا حروفی در راه گم شده‌اند. یک جملهٔ کامل بنویسید، به هر زبانی. هر زمان می‌توانید نوشته‌تان را تغییر دهید؛ آن‌گاه دوباره خوانده می‌شود."),
            "fr": ("Il n’y a pas assez de texte pour la comprendre", "Nous n’avons pas pu comprendre ce que vous voulez dire\u00a0: il y a trop peu de mots, ou des lettres se sont perdues en route. Écrivez une phrase entière, dans n’importe quelle langue. Vous pouvez modifier vos mots à tout moment\u00a0; ils sont alors lus de nouveau."),
            "hi": ("इसे समझने के लिए पाठ काफ़ी नहीं है", "आपकी बात समझ में नहीं आई: शब्द बहुत कम हैं, या रास्ते में कुछ अक्षर खो गए। किसी भी भाषा में एक पूरा वाक्य लिखें। आप चाहें तो कभी भी अपने शब्द बदलें; तब उन्हें फिर से पढ़ा जाएगा।"),
            "ind": ("Teksnya tidak cukup untuk dipahami", "Kami tidak dapat memahami apa yang ingin Anda sampaikan: kata-katanya terlalu sedikit, atau ada huruf yang hilang di perjalanan. Tulis satu kalimat utuh, dalam bahasa apa pun. Anda dapat mengubah kata-kata Anda kapan saja; setelah itu tanggapan akan dibaca lagi."),
            "pt_br": ("Não há texto suficiente para entendê-la", "Não conseguimos entender o que você quer dizer: há poucas palavras, ou letras se perderam no caminho. Escreva uma frase inteira, em qualquer idioma. Você pode mudar suas palavras a qualquer momento; elas são então lidas de novo."),
            "ru": ("Текста недостаточно, чтобы его понять", "Мы не смогли понять, что вы хотите сказать: слов слишком мало или буквы потерялись в пути. Напишите целую фразу на любом языке. Вы можете изменить свои слова в любое время; тогда их прочитают снова."),
            "sv": ("Det finns inte tillräckligt med text för att förstå det", "Vi kunde inte förstå vad du vill säga: det är för få ord, eller så har bokstäver försvunnit på vägen. Skriv en hel mening, på vilket språk som helst. Du kan ändra din text när som helst. Då läses den på nytt."),
            "sw": ("Hakuna maandishi ya kutosha kuuelewa", "Hatukuweza kuelewa unachotaka kusema: maneno ni machache mno, au herufi zimepotea njiani. Andika sentensi nzima, kwa lugha yoyote. Unaweza kubadilisha maneno yako wakati wowote; kisha yatasomwa tena."),
            "zh_hans": ("文字太少，无法理解", "我们没能明白您想说什么：文字太少，或者有字符在传送途中丢失了。请写一个完整的句子，用任何语言都可以。您可以随时修改您的文字；修改后会重新审读。"),
        },
    ),
]


def fill(apps, schema_editor):
    Question, Region = apps.get_model("responses", "Question"), apps.get_model("responses", "Region")
    for position, question in enumerate(QUESTIONS, start=1):
        prompts = {f"prompt_{code}": question[code] for code in ("en", "ar", "es", "sv")}
        Question.objects.create(slug=question["slug"], position=position, prompt=question["en"], **prompts)
    Conversation = apps.get_model("responses", "Conversation")
    english = {name: CONVERSATION[f"{name}_en"] for name in ("title", "invitation", "asked_by")}
    conversation = Conversation.objects.create(
        opens_on=timezone.localdate(), is_current=True, **english, **CONVERSATION
    )
    conversation.questions.set(Question.objects.all())
    for position, (slug, en, ar, es, sv) in enumerate(REGIONS, start=1):
        Region.objects.create(slug=slug, position=position, name=en, name_en=en, name_ar=ar, name_es=es, name_sv=sv)
    DeclineReason = apps.get_model("responses", "DeclineReason")
    for position, (slug, worded) in enumerate(REASONS, start=1):
        titles = {f"title_{code}": title for code, (title, _text) in worded.items()}
        texts = {f"text_{code}": text for code, (_title, text) in worded.items()}
        base = {"title": worded["en"][0], "text": worded["en"][1]}
        DeclineReason.objects.create(slug=slug, position=position, **base, **titles, **texts)


def empty(apps, schema_editor):
    Question, Region = apps.get_model("responses", "Question"), apps.get_model("responses", "Region")
    apps.get_model("responses", "Conversation").objects.filter(slug=CONVERSATION["slug"]).delete()
    Question.objects.filter(slug__in=[question["slug"] for question in QUESTIONS]).delete()
    Region.objects.filter(slug__in=[region[0] for region in REGIONS]).delete()
    reasons = apps.get_model("responses", "DeclineReason").objects
    reasons.filter(slug__in=[slug for slug, _worded in REASONS]).delete()


class Migration(migrations.Migration):
    dependencies = [("responses", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
