package kembali.api;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A QR code as a picture. */
final class QrImage {
    private static final int WHITE = 0xFFFFFF;

    private final ByteMatrix modules;
    private final int margin;

    /**
     * @param text what the code says
     * @param margin light modules around it; readers expect 4
     */
    QrImage(String text, ErrorCorrectionLevel correction, int margin) {
        try {
            this.modules =
                    Objects.requireNonNull(Encoder.encode(text, correction).getMatrix());
        } catch (WriterException e) {
            throw new IllegalArgumentException("is too long for a QR code", e);
        }
        this.margin = margin;
    }

    /** Modules from edge to edge, margin included. */
    int side() {
        return modules.getWidth() + 2 * margin;
    }

    /** @param size edge in pixels; the picture scales to any */
    String svg(int size) {
        var path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            int x = 0;
            while (x < modules.getWidth()) {
                int run = 0;
                while (x + run < modules.getWidth() && modules.get(x + run, y) == 1) {
                    run++;
                }
                if (run > 0) {
                    path.append('M').append(x + margin).append(' ').append(y + margin);
                    path.append('h').append(run).append("v1h-").append(run).append('z');
                }
                x += Math.max(1, run);
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + "\" height=\"" + size + "\" viewBox=\"0 0 "
                + side() + " " + side() + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side()
                + "v" + side() + "H0z\"/><path d=\"" + path + "\"/></svg>\n";
    }

    /** @param size edge in pixels; modules are whole pixels, and what is left widens the margin */
    byte[] png(int size) {
        int scale = Math.max(1, size / side());
        int edge = Math.max(size, side());
        int offset = (edge - scale * modules.getWidth()) / 2;
        var image = new BufferedImage(edge, edge, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < edge; y++) {
            for (int x = 0; x < edge; x++) {
                int mx = Math.floorDiv(x - offset, scale);
                int my = Math.floorDiv(y - offset, scale);
                boolean inside = mx >= 0 && my >= 0 && mx < modules.getWidth() && my < modules.getHeight();
                image.setRGB(x, y, inside && modules.get(mx, my) == 1 ? 0 : WHITE);
            }
        }
        var out = new ByteArrayOutputStream();
        try {
            // Without this a file is written for every picture.
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
