package kembali.demo.sample;

import java.util.List;
import java.util.Locale;

/** Made-up people with names, numbers and addresses as Indonesians have and type them. */
final class People {
    private static final List<String> FIRST = List.of(
            "Budi",
            "Siti",
            "Agus",
            "Dewi",
            "Rina",
            "Eko",
            "Putri",
            "Wahyu",
            "Ayu",
            "Rizky",
            "Fitri",
            "Bambang",
            "Ratna",
            "Hendra",
            "Indah",
            "Joko",
            "Lestari",
            "Muhammad",
            "Nur'aini",
            "Andi",
            "Yuni",
            "Dedi",
            "Maya",
            "Arief",
            "Sri",
            "Fajar",
            "Wulan",
            "Teguh",
            "Mega",
            "Iwan",
            "Citra",
            "Galih",
            "Novita",
            "Yoga",
            "Intan",
            "Ilham",
            "Kartika",
            "Bayu",
            "Melati",
            "Surya",
            "Ketut",
            "Made",
            "Wayan",
            "Asep",
            "Cecep",
            "Ucok",
            "Togar",
            "Anisa");
    private static final List<String> LAST = List.of(
            "Santoso",
            "Rahayu",
            "Wijaya",
            "Lestari",
            "Setiawan",
            "Kusuma",
            "Hidayat",
            "Nugroho",
            "Puspitasari",
            "Saputra",
            "Wibowo",
            "Handayani",
            "Susanto",
            "Maharani",
            "Pratama",
            "Utami",
            "Siregar",
            "Nasution",
            "Simanjuntak",
            "Hutapea",
            "Ramadhan",
            "Firmansyah",
            "Kurniawan",
            "Anggraini",
            "Suryani",
            "Gunawan",
            "Permana",
            "Halim",
            "Tanujaya",
            "Dharma Putra",
            "Eka Saputri",
            "Ma'ruf Amin",
            "bin Abdullah",
            "Purnomo",
            "Safitri",
            "Hartono",
            "Irawan",
            "Oktaviani",
            "Sihombing",
            "Daeng Mangkona");
    private static final List<String> SINGLE = List.of("Suharti", "Paijo", "Sumiati", "Kusnadi", "Ngatini", "Slamet");
    private static final List<String> CITIES = List.of(
            "Jakarta Selatan",
            "Bandung",
            "Surabaya",
            "Semarang",
            "Yogyakarta",
            "Medan",
            "Makassar",
            "Denpasar",
            "Palembang",
            "Malang",
            "Surakarta",
            "Bekasi",
            "Depok",
            "Tangerang",
            "Bogor",
            "Balikpapan",
            "Padang");
    /** Prefixes of Telkomsel, Indosat, XL, Axis, Tri and Smartfren. */
    private static final List<String> PREFIXES = List.of(
            "811", "812", "813", "821", "822", "852", "853", "814", "815", "855", "856", "857", "858", "817", "818",
            "819", "859", "877", "878", "831", "838", "895", "896", "897", "898", "899", "881", "882", "887");
    /** Reserved names: no mail ever reaches anybody. */
    private static final List<String> MAIL_HOSTS =
            List.of("example.com", "example.co.id", "mail.example", "kantor.example");

    private People() {}

    static Person person(int no) {
        String name = no % 17 == 5
                ? Seed.one(SINGLE, "single", no)
                : Seed.one(FIRST, "first", no) + " " + Seed.one(LAST, "last", no);
        String national = national(no);
        return new Person(
                name,
                spelled(national, no),
                "62" + national,
                email(name, no),
                Seed.one(CITIES, "city", no),
                Integer.toString(10_110 + no % 80 * 10));
    }

    /** The same person's number, written another way. */
    static String otherSpelling(int no) {
        return spelled(national(no), no + 4);
    }

    private static String national(int no) {
        return Seed.one(PREFIXES, "prefix", no) + "%04d".formatted(no) + Seed.digits("phone", no, 4);
    }

    /** The national number (without its zero) as one of the many ways people write it. */
    static String spelled(String national, int way) {
        String a = national.substring(0, 3);
        String b = national.substring(3, 7);
        String c = national.substring(7);
        return switch (Math.floorMod(way, 10)) {
            case 0 -> "0" + a + "-" + b + "-" + c;
            case 1 -> "+62 " + a + " " + b + " " + c;
            case 2 -> "62" + national;
            case 3 -> "0" + national;
            case 4 -> "0" + a + " " + b + " " + c;
            case 5 -> "+62" + national;
            case 6 -> "(0" + a + ") " + b + "-" + c;
            case 7 -> "0062" + national;
            case 8 -> "+62 (0)" + a + "-" + b + c;
            default -> "62-" + a + "-" + b + "-" + c;
        };
    }

    private static String email(String name, int no) {
        String local = name.toLowerCase(Locale.ROOT).replace("'", "").replace(' ', '.') + no;
        if (no % 13 == 6) {
            // Gmail ignores dots and what follows a plus, and so do Google's hashes, but not Meta's. Nobody can have
            // this
            // box: names there have at most 30 characters.
            return local + ".contoh.alamat.yang.tidak.ada+toko@gmail.com";
        }
        String address = local + "@" + Seed.one(MAIL_HOSTS, "host", no);
        return switch (no % 11) {
            case 3 -> address.toUpperCase(Locale.ROOT);
            case 7 -> Character.toUpperCase(address.charAt(0)) + address.substring(1);
            default -> address;
        };
    }
}
