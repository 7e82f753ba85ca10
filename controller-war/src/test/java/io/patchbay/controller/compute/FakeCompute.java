package io.patchbay.controller.compute;

import io.patchbay.spi.Json;
import io.patchbay.testkit.Deadline;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A compute as far as the controller sees it: HTTP and the WebSocket of its notifications on a port
 * of this machine, with answers that a test chooses. It says at short intervals that it is well,
 * and can go away and come back at its port.
 */
public final class FakeCompute implements AutoCloseable {
  private static final String ROOT = "/v2/compute";

  private static final JsonObject PING = Json.createObjectBuilder().add("action", "ping").build();

  /** RFC 6455, section 1.3. */
  private static final String WEBSOCKET_KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Closeable> connections = ConcurrentHashMap.newKeySet();
  private final Set<OutputStream> listeners = ConcurrentHashMap.newKeySet();
  private volatile Function<Request, Answer> answers = request -> Answer.OK;
  private volatile String version = "2.2.60";
  private volatile boolean hangs;
  private volatile boolean batches;
  private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor();
  private final int port;

  /**
   * A request that came.
   *
   * @param path below {@code /v2/compute}
   * @param body empty if there was none
   */
  public record Request(String method, String path, JsonObject body) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** What is answered. */
  public record Answer(int status, JsonValue body) {
    public static final Answer OK = new Answer(200, JsonValue.EMPTY_JSON_OBJECT);

    public static Answer of(JsonValue body) {
      return new Answer(200, body);
    }

    public static Answer refusal(int status, String message) {
      return new Answer(
          status, Json.createObjectBuilder().add("status", status).add("message", message).build());
    }
  }

  /** Chooses a port but does not listen yet. */
  public FakeCompute() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pings.scheduleAtFixedRate(this::ping, 0, 200, TimeUnit.MILLISECONDS);
  }

  ComputeSettings settings(String id) {
    return ComputeSettings.of(registration(id));
  }

  /** The body by which it is registered. */
  JsonObject registration(String id) {
    return Json.createObjectBuilder()
        .add("compute_id", id)
        .add("protocol", "http")
        .add("host", "127.0.0.1")
        .add("port", port)
        .build();
  }

  /** Answers all requests but those for its capabilities and notifications. */
  public void answers(Function<Request, Answer> newAnswers) {
    answers = newAnswers;
  }

  void version(String newVersion) {
    version = newVersion;
  }

  /** Lets it have the routes that only Patchbay's computes have. */
  public void haveBatches() {
    batches = true;
  }

  /** Lets it say nothing more, though its connections stay. */
  void hang() {
    hangs = true;
  }

  /** What was asked of it, but for its capabilities and notifications. */
  public List<Request> requests() {
    return requests;
  }

  /** The requests with this method. */
  public List<String> requests(String method) {
    return requests.stream()
        .filter(request -> request.method().equals(method))
        .map(Request::path)
        .toList();
  }

  /** Comes up. */
  public void open() {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      Deadline.await("the port", () -> binds(server));
      hangs = false;
      connections.add(server);
      Thread.ofVirtual().start(() -> accept(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last server socket holds the port until the thread that waits at it is woken. */
  private boolean binds(ServerSocket server) {
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // It went away.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String[] parts = line.split(" ");
        Map<String, String> headers = headers(in);
        String path = parts[1].substring(ROOT.length());
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        JsonObject body = parse(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        if (path.equals("/notifications/ws")) {
          notify(in, out, headers.get("sec-websocket-key"));
          return;
        }
        answer(out, new Request(parts[0], path, body));
      }
    } catch (IOException gone) {
      // The client left, or this one went away.
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.write(octet);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static JsonObject parse(String body) {
    if (body.isEmpty()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  private void answer(OutputStream out, Request request) throws IOException {
    Answer answer;
    if (request.path().equals("/capabilities")) {
      answer = Answer.of(Json.createObjectBuilder().add("version", version).build());
    } else if (!batches && request.path().startsWith("/patchbay/")) {
      answer = Answer.refusal(404, "Not found");
    } else {
      requests.add(request);
      answer = answers.apply(request);
    }
    if (hangs) {
      return;
    }
    byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 " + answer.status() + " X\r\nContent-Length: " + body.length + "\r\n\r\n";
    synchronized (out) {
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
    }
  }

  private void notify(InputStream in, OutputStream out, String key) throws IOException {
    String head =
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    listeners.add(out);
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } finally {
      listeners.remove(out);
    }
  }

  private static String accept(String key) {
    try {
      byte[] both = (key + WEBSOCKET_KEY).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells those who listen; up to 125 bytes. */
  void tell(JsonObject message) {
    byte[] text = message.toString().getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[2 + text.length];
    // A text in one frame, not masked, with a length of 7 bits: RFC 6455, section 5.2.
    frame[0] = (byte) 0x81;
    frame[1] = (byte) text.length;
    System.arraycopy(text, 0, frame, 2, text.length);
    for (OutputStream listener : listeners) {
      try {
        synchronized (listener) {
          listener.write(frame);
          listener.flush();
        }
      } catch (IOException left) {
        listeners.remove(listener);
      }
    }
  }

  private void ping() {
    if (!hangs) {
      tell(PING);
    }
  }

  /** Goes away for good. */
  @Override
  public void close() {
    pings.shutdownNow();
    leave();
  }

  /** Goes away, with all its connections. */
  public void leave() {
    for (Closeable connection : connections) {
      try {
        connection.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    connections.clear();
  }
}
