package kembali.bench.deliver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;

/**
 * Platforms that believe everything: each request is answered as its platform answers success, for as many
 * events as it holds, and only counted. Access tokens are given to whoever asks. One thread, nothing stored, so that it costs the machine little.
 */
public final class Sink {
    /** Where its counts are read; asking is not counted. */
    static final String COUNT_PATH = "/count";

    private final Selector selector;
    private long requests;
    private long events;
    private long connections;

    private Sink(Selector selector) {
        this.selector = selector;
    }

    /**
     * Serves until its thread is interrupted.
     *
     * @param args port
     */
    public static void main(String[] args) throws IOException {
        try (var server = ServerSocketChannel.open()) {
            var sink = new Sink(Selector.open());
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 1024);
            server.configureBlocking(false);
            server.register(sink.selector, SelectionKey.OP_ACCEPT);
            sink.serve(server);
        }
    }

    private void serve(ServerSocketChannel server) throws IOException {
        while (!Thread.interrupted()) {
            selector.select();
            Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
            while (ready.hasNext()) {
                SelectionKey key = ready.next();
                ready.remove();
                if (key.isAcceptable()) {
                    SocketChannel client = server.accept();
                    client.configureBlocking(false);
                    client.socket().setTcpNoDelay(true);
                    client.register(selector, SelectionKey.OP_READ, new SinkConnection(this, client));
                } else {
                    read(key);
                }
            }
        }
    }

    private static void read(SelectionKey key) {
        try {
            ((SinkConnection) key.attachment()).read();
        } catch (IOException closed) {
            key.cancel();
            try {
                key.channel().close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void countConnection() {
        connections++;
    }

    void countRequest(int more) {
        requests++;
        events += more;
    }

    String counts() {
        return "{\"requests\":" + requests + ",\"events\":" + events + ",\"connections\":" + connections + "}";
    }
}
