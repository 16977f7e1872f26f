package kembali.bench.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Made-up leads as a CRM exports them: different people, with words that many of them share. The same in every run. */
final class LeadFile {
    private static final String[] FIRST = {
        "Budi", "Siti", "Agus", "Dewi", "Eko", "Rina", "Hendra", "Putri", "Joko", "Ayu", "Rizki", "Nur", "Andi",
                "Fitri", "Dimas",
        "Maya", "Bayu", "Lina", "Fajar", "Wati", "Yusuf", "Indah", "Arif", "Sari", "Teguh", "Ratna", "Ilham", "Mega",
                "Doni", "Citra"
    };
    private static final String[] LAST = {
        "Santoso",
        "Wijaya",
        "Saputra",
        "Lestari",
        "Hidayat",
        "Nugroho",
        "Pratama",
        "Wulandari",
        "Kurniawan",
        "Susanti",
        "Setiawan",
        "Rahmawati",
        "Gunawan",
        "Anggraini",
        "Firmansyah",
        "Permata",
        "Siregar",
        "Nasution",
        "Simanjuntak",
        "Tanjung"
    };
    private static final String[] CITY = {"Jakarta", "Surabaya", "Bandung", "Medan", "Semarang", "Makassar", "Denpasar"
    };
    private static final String[] STATUS = {"new", "contacted", "responded", "qualified", "hot", "won", "lost"};

    private LeadFile() {}

    /** Writes that many leads; returns the file's length in bytes. */
    static long write(Path file, int rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("externalRef,name,phone,email,city,status,value,createdAt,utm_source,utm_campaign,gclid\n");
            for (int i = 0; i < rows; i++) {
                out.write(row(i));
            }
        }
        return Files.size(file);
    }

    private static String row(int i) {
        long mixed = mix(i);
        String first = FIRST[pick(mixed, FIRST.length)];
        String last = LAST[pick(mixed >>> 8, LAST.length)];
        String number = "+628" + (1_000_000_000L + (mixed >>> 1) % 9_000_000_000L);
        return "crm-" + i + "," + first + " " + last + "," + number + "," + first.toLowerCase(java.util.Locale.ROOT)
                + "." + i
                + "@example.co.id," + CITY[pick(mixed >>> 16, CITY.length)] + ","
                + STATUS[pick(mixed >>> 24, STATUS.length)]
                + "," + (1 + pick(mixed >>> 32, 900)) * 10_000 + ",2026-0" + (1 + pick(mixed >>> 40, 9)) + "-1"
                + pick(mixed >>> 44, 10) + " 10:00:00,google,Lebaran " + pick(mixed >>> 48, 12) + ",Cj0KCQ"
                + Long.toUnsignedString(mixed, 36) + "_" + i + "\n";
    }

    private static int pick(long mixed, int of) {
        return (int) Math.floorMod(mixed & 0xffff, of);
    }

    private static long mix(long i) {
        long z = (i + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
