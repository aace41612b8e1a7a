"""What customers are called, and how they can be reached. Every person, address and number is made up."""

import unicodedata
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class NameOrigin:
    """Given and family names of one origin, and how a full name is put together from them."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    pattern: str = "{given} {family}"


def _origin(given: str, family: str, pattern: str = "{given} {family}") -> NameOrigin:
    return NameOrigin(tuple(given.split()), tuple(family.split()), pattern)


FAMILY_FIRST = "{family}{given}"
ORIGINS: dict[str, NameOrigin] = {
    "en": _origin(
        "Aaron Alice Anna Ben Beth Brian Carol Claire Daniel Darrin Ellen Emily Frank Gina Grace Harold Irene James "
        "Jane Ken Laura Liam Maria Mark Nick Olivia Paul Quincy Rachel Sean Susan Thomas Zoë",
        "Adams Armstrong Baker Brown Carter Clark Collins Davies Evans Fuller Gute Harris Hughes Johnson Jones Kelly "
        "Lewis MacDonald Moore Nelson O'Brien O'Donnell O'Neil Parker Reed Roberts Smith Smith-Jones "
        "Taylor Walker Young",
    ),
    "es": _origin(
        "Ana Andrés Begoña Carlos Elena Íñigo Jesús José Juan Lucía Luis María Mónica Pablo Raúl Sofía Tomás Verónica",
        "Álvarez Castillo Díaz Fernández García Gómez Hernández Ibáñez López Martínez Muñoz Núñez "
        "Peña Pérez Rodríguez Ruiz",
    ),
    "pt": _origin(
        "Ana Antônio Beatriz Conceição Inês João José Luís Márcia Paulo Sebastião Tiago",
        "Almeida Araújo Carvalho Costa Gonçalves Magalhães Pereira Santos Silva Simões Souza",
    ),
    "fr": _origin(
        "Amélie André Benoît Chloë Élodie François Gaëlle Hélène Jérôme Loïc Manon Noël Thérèse Zoé",
        "Béranger Bernard Chevalier D'Aubigné Dubois Durand François Lefèvre L'Hôpital Moreau "
        "Müller Petit Rousseau Thiéry",
    ),
    "de": _origin(
        "Anke Björn Christoph Dörte Elke Günther Hans Jörg Jürgen Käthe Lena Matthias Sören Ulrike Wolfgang",
        "Bäcker Fischer Groß Hoffmann Jäger Köhler Krüger Meyer Müller Schäfer Schmidt Schröder Weiß Zöllner",
    ),
    "nordic": _origin(
        "Åsa Astrid Björn Elsa Gösta Håkon Ingrid Jørgen Lærke Mikko Nils Päivi Sigrún Søren",
        "Åkesson Bergström Hämäläinen Jónsdóttir Kjær Larsson Lindqvist Mäkinen Nygård Ødegård Öberg Sørensen",
    ),
    "it": _origin(
        "Alessandro Andrei Beatrice Chiara Daria Giulia Giuseppe Ioana Luca Niccolò Ștefan Zoè",
        "Bianchi Conti D'Angelo De_Luca Esposito Ferrari Ionescu Marini Ricci Romano Rossi Țepeș",
    ),
    "pl": _origin(
        "Agnieszka Bożena Jiří Kateřina Krzysztof Łukasz Małgorzata Ondřej Paweł Tomáš Wojciech Zdzisława",
        "Dvořák Grabowski Jabłoński Kowalczyk Lewandowski Novák Pokorný Świątek Szymański Wiśniewski Wójcik Žižka",
    ),
    "hu": _origin(
        "Ágnes Balázs Csaba Erzsébet György Ilona Lőrinc Zsófia",
        "Fekete Horváth Kovács Nagy Németh Szabó Tóth Vörös",
        "{family} {given}",
    ),
    "ru": _origin(
        "Александр Алексей Анна Дмитрий Екатерина Елена Иван Мария Наталья Ольга Сергей Юрий",
        "Васильченко Гончаренко Жук Кравец Левченко Мельник Петренко Савченко Ткач Шевчук",
    ),
    "uk": _origin(
        "Андрій Ганна Євген Ігор Ірина Марія Наталія Олександр Оксана Тарас Юлія",
        "Бондаренко Гончар Коваленко Кравчук Лисенко Мороз Під'яченко Шевченко Щербак",
    ),
    "el": _origin(
        "Αθηνά Γιώργος Δημήτρης Ελένη Κώστας Μαρία Νίκος Σοφία",
        "Αγγελίδης Γεωργίου Δημητρίου Νικολάου Οικονόμου Παπαδόπουλος",
    ),
    "tr": _origin(
        "Ayşe Barış Çağla Emre Gökçe Hüseyin İbrahim Işıl Mehmet Özlem Şebnem Ümit",
        "Aydın Çelik Demir Doğan Kılıç Öztürk Şahin Yıldırım Yılmaz",
    ),
    "ar": _origin(
        "أحمد خالد زينب سارة عبد_الله عمر فاطمة ليلى محمد مريم نور يوسف",
        "الأنصاري البغدادي الحداد الخطيب الشريف الصباغ العلي القرشي النجار المصري",
    ),
    "he": _origin("אברהם דוד חנה יעל מיכל משה נועה רחל שרה", "אברהמי בן-דוד כהן לוי מזרחי פרץ"),
    "hi": _origin(
        "अमित अनीता आशा दीपक प्रिया राजेश रोहित विक्रम संजय सीता",
        "अग्रवाल कुमार गुप्ता चौधरी पटेल मिश्रा शर्मा सिंह वर्मा",
    ),
    "in": _origin(
        "Aisha Anil Deepa Farhan Imran Lakshmi Meera Nasreen Priya Rahul Sanjay Vikram",
        "Ahmed Banerjee Chowdhury Das Fernando Iyer Khan Nair Patel Rahman Reddy Sharma",
    ),
    "zh": _origin(
        "伟 芳 娜 敏 静 强 磊 洋 艳 秀英 志明 建国 淑芬", "王 李 张 刘 陈 杨 赵 黄 周 吴 欧阳 司马", FAMILY_FIRST
    ),
    "ja": _origin(
        "健太 さくら 翔 美咲 大輔 陽菜 蓮 由美子 太郎 花子",
        "佐藤 鈴木 高橋 田中 伊藤 渡邊 山本 中村 小林",
        "{family} {given}",
    ),
    "ko": _origin("민준 서연 지훈 하은 도윤 수빈 영호 은지", "김 이 박 최 정 강 조 윤", FAMILY_FIRST),
    "th": _origin("สมชาย สุดา กิตติ มาลี ประยุทธ วิไล", "ใจดี ศรีสุข ทองดี แสงทอง บุญมี"),
    "vi": _origin(
        "Anh Dũng Hương Linh Minh Ngọc Phương Thảo Tuấn Yến",
        "Nguyễn_Văn Trần_Thị Lê Phạm Hoàng Vũ Đặng Bùi Đỗ",
        "{family} {given}",
    ),
    "id": _origin(
        "Adi Ayu Budi Dewi Hasan Indah Kartini Made Nurul Putri Rizky Siti Wayan",
        "Hidayat Kusuma Lestari Nasution Pratama Rahayu Santoso Setiawan Siregar Wijaya",
    ),
    "af": _origin(
        "Abena Adébáyọ̀ Amina Chidi Chinwe Fatou Kwame Lerato Ngozi Olúfẹ́mi Sipho Thandiwe Wanjiku Zanele",
        "Adeyemi Banda Dlamini Diop Kamau Mbeki Mensah Mwangi N'Diaye Nkosi Ọbáfẹ́mi Okafor Traoré",
    ),
    "am": _origin("አበበ ሰላም ዮሐንስ ማርያም ተስፋዬ", "በቀለ ገብረ ኃይሌ ወልደ ታደሰ"),
    "ka": _origin("გიორგი ნინო დავით მარიამ ლევან", "ბერიძე კაპანაძე გელაშვილი მაისურაძე"),
}
DOMAINS = ("example.com", "example.org", "example.net")  # reserved for documentation by RFC 2606


def full_name(origin: str, random: Random) -> str:
    """A name of that origin; now and then with a nickname in quotes, an emoji, or a blank too many."""
    names = ORIGINS[origin]
    given, family = random.choice(names.given), random.choice(names.family)
    written = names.pattern.format(given=given, family=family).replace("_", " ")
    oddity = random.random()
    if oddity < 0.004:
        return f'{written} "{given[:3]}"'
    if oddity < 0.007:
        return f"{written} \N{PARTY POPPER}"
    if oddity < 0.009:
        return f"{written} "
    return written


def email(name: str, number: int, random: Random) -> str:
    """An address that no one owns; names of other scripts give way to a number."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = ["".join(letter for letter in word if letter.isalnum()) for word in plain.split()]
    local = ".".join(word for word in words if word) or "customer"
    return f"{local}.{number}@{random.choice(DOMAINS)}"


def phone(random: Random) -> str:
    """A number of the range 555-0100 to 555-0199, which is kept free for fiction."""
    return f"+1-{int(200 + 800 * random.random())}-555-{int(100 + 100 * random.random()):04d}"


def postal_code(pattern: str, random: Random) -> str:
    """A code of the country's form: # stands for a digit, @ for a letter."""
    choices = {"#": "0123456789", "@": "ABCEGHJKLMNPRSTVXY"}
    return "".join(random.choice(choices.get(sign, sign)) for sign in pattern)
