package kembali.demo.sample;

/** Who shows the shop's ads. Another one is a constant here, its {@link Links}, and {@link Arrivals} who tap them. */
public enum Network {
    META,
    GOOGLE,
    TIKTOK,
    LINKEDIN
}
