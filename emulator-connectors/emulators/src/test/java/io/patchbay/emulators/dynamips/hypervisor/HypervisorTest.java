package io.patchbay.emulators.dynamips.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against something that is none, and answers what the test wants. */
class HypervisorTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final String VERSION = "100-0.2.14-amd64\r\n";

  private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** Connects to something that gives these answers; an empty one is none. */
  private Hypervisor answering(UnaryOperator<String> answers) throws IOException {
    Thread.ofVirtual().start(() -> serve(answers));
    return Hypervisor.connect(
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort()),
        Duration.ofSeconds(10),
        () -> true,
        PATIENCE);
  }

  private void serve(UnaryOperator<String> answers) {
    try (Socket socket = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        asked.add(line);
        String answer = line.equals("hypervisor version") ? VERSION : answers.apply(line);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException hungUp) {
      // As tests end.
    }
  }

  private static void refused(String why, Runnable request) {
    LabException refusal = assertThrows(LabException.class, request::run);
    assertEquals(ErrorCode.CONFLICT, refusal.code());
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }

  @Test
  void answersOfSeveralLinesAreReadAsOne() throws IOException {
    try (Hypervisor hypervisor = answering(line -> "101 0x10 [7]\r\n101 0x20 [3]\r\n100-OK\r\n")) {
      assertEquals("0.2.14", hypervisor.version());
      assertEquals(
          List.of("0x10 [7]", "0x20 [3]"),
          Instance.existing(hypervisor, "c7200", "R1").measureIdlePcs());
    }
  }

  @Test
  void argumentsAreQuoted() throws IOException, InterruptedException {
    try (Hypervisor hypervisor = answering(line -> "100-OK\r\n")) {
      asked.take();
      Instance.create(hypervisor, "c7200", "A \"B\"\nC", 3).set("ios", "/a b/c");
      assertEquals("vm create \"A 'B' C\" \"3\" \"c7200\"", asked.take());
      assertEquals("vm set_ios \"A 'B' C\" \"/a b/c\"", asked.take());
      refused("quotation marks", () -> hypervisor.workingDirectory("/x\" ; vm stop"));
      refused("control characters", () -> hypervisor.workingDirectory("/x\nvm stop R1"));
      assertTrue(asked.isEmpty(), "nothing of it must have been sent");
    }
  }

  @Test
  void refusalsAreTold() throws IOException {
    try (Hypervisor hypervisor = answering(line -> "209-unable to start VM instance 'R1'\r\n")) {
      Instance router = Instance.existing(hypervisor, "c7200", "R1");
      refused("unable to start VM instance 'R1'", router::start);
      refused("unable to start", router::stop);
    }
  }

  @Test
  void oneThatHangsIsGivenUp() throws IOException {
    try (Hypervisor hypervisor = answering(line -> "")) {
      Instance router = Instance.existing(hypervisor, "c7200", "R1");
      refused("does not answer", router::stop);
      refused("has ended", router::stop);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n",
        "\r\n",
        "1000-OK\r\n",
        "10-OK\r\n",
        "-1-OK\r\n",
        "100\r\n",
        "\0\0\0\0\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n"
      })
  void nonsenseEndsTheConnection(String answer) throws IOException {
    try (Hypervisor hypervisor = answering(line -> answer)) {
      Instance router = Instance.existing(hypervisor, "c7200", "R1");
      refused("nonsense", router::stop);
      refused("has ended", router::stop);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100-7\r\n", "100-\r\n", "100-running\r\n"})
  void statesThatThereAreNotAreRefused(String answer) throws IOException {
    try (Hypervisor hypervisor = answering(line -> answer)) {
      refused("no state", () -> Instance.existing(hypervisor, "c7200", "R1").state());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"100-conf 'R1' 'AAA' 'x y'\r\n", "100-conf 'R1' '***' ''\r\n", "100-x\r\n"})
  void configurationsThatCannotBeReadAreRefused(String answer) throws IOException {
    try (Hypervisor hypervisor = answering(line -> answer)) {
      refused(
          "configurations", () -> Instance.existing(hypervisor, "c7200", "R1").extractConfigs());
    }
  }

  @Test
  void nobodyWhoListensIsNotWaitedForIfTheProgramHasEnded() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    server.close();
    assertThrows(
        IOException.class,
        () -> Hypervisor.connect(address, Duration.ofMinutes(5), () -> false, PATIENCE));
  }
}
