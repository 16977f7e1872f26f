package kembali.delivery.courier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import kembali.delivery.courier.LoopbackServer.Peer;
import kembali.delivery.courier.LoopbackServer.Received;

/**
 * An HTTP and a SOCKS5 proxy, each for the user {@code ana} with the password {@code s3cret}. They
 * answer names under the reserved {@code .test} (RFC 6761) with the loopback address.
 */
final class LoopbackProxies {
    static final String LOGIN = "ana:s3cret";

    private LoopbackProxies() {}

    static LoopbackServer http() {
        var self = new LoopbackServer[1];
        self[0] = new LoopbackServer(peer -> http(self[0], peer));
        return self[0];
    }

    private static void http(LoopbackServer self, Peer peer) throws IOException {
        for (Received request = peer.read(); request != null; request = peer.read()) {
            self.requests.add(request);
            String wanted = "Basic " + Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8));
            if (!wanted.equals(request.header("proxy-authorization"))) {
                peer.answer(407, "who are you?");
                continue;
            }
            String[] line = request.line().split(" ", -1);
            if (line[0].equals("CONNECT")) {
                String[] place = line[1].split(":", -1);
                try (Socket target = new Socket(name(place[0]), Integer.parseInt(place[1]))) {
                    peer.write("HTTP/1.1 200 Connection established\r\n\r\n");
                    relay(peer, target);
                } catch (java.net.ConnectException e) {
                    peer.answer(502, "");
                }
                return;
            }
            URI target = URI.create(line[1]);
            try (Socket socket = new Socket(name(target.getHost()), target.getPort())) {
                String head = line[0] + " " + target.getRawPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                        + "\r\nConnection: close\r\nContent-Length: "
                        + request.body().length() + "\r\n\r\n";
                socket.getOutputStream().write((head + request.body()).getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                socket.getInputStream().transferTo(peer.out());
            }
        }
    }

    static LoopbackServer socks5() {
        var self = new LoopbackServer[1];
        self[0] = new LoopbackServer(LoopbackProxies::socks5);
        return self[0];
    }

    /** RFC 1928 with the login of RFC 1929. */
    private static void socks5(Peer peer) throws IOException {
        InputStream in = peer.in();
        OutputStream out = peer.out();
        in.read(); // version
        boolean asksForLogin = false;
        for (byte method : in.readNBytes(in.read())) {
            asksForLogin |= method == 2;
        }
        out.write(new byte[] {5, (byte) (asksForLogin ? 2 : 0xff)});
        if (!asksForLogin) {
            return;
        }
        in.read(); // version of the login
        String user = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
        String password = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
        boolean known = LOGIN.equals(user + ":" + password);
        out.write(new byte[] {1, (byte) (known ? 0 : 1)});
        if (!known) {
            return;
        }
        in.readNBytes(3);
        String host = switch (in.read()) {
            case 1 -> java.net.InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            case 3 -> new String(in.readNBytes(in.read()), StandardCharsets.US_ASCII);
            default -> throw new IOException("IPv6 is not spoken here");
        };
        int port = in.read() << 8 | in.read();
        try (Socket target = new Socket(name(host), port)) {
            out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
            relay(peer, target);
        } catch (java.net.ConnectException e) {
            out.write(new byte[] {5, 5, 0, 1, 127, 0, 0, 1, 0, 0}); // 5: connection refused
        }
    }

    private static String name(String host) {
        return host.endsWith(".test") ? "127.0.0.1" : host;
    }

    private static void relay(Peer peer, Socket target) throws IOException {
        Thread back = Thread.ofVirtual().start(() -> {
            try {
                target.getInputStream().transferTo(peer.out());
                peer.socket().close();
            } catch (IOException e) {
                // either side left
            }
        });
        peer.in().transferTo(target.getOutputStream());
        target.close();
        back.interrupt();
    }
}
