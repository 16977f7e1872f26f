package kembali.demo.sample;

/** Who shows the shop's ads. Another one is a constant here, its links, and {@link Arrivals} who tap them. */
public enum Network {
    META,
    GOOGLE
}
