package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The figures at /metrics, as Prometheus reads them. */
class MetricsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FRAME = 100;

  private final Api api = Servers.shared().api();

  /** Each sample by its name and labels. */
  private Map<String, Double> samples() throws Exception {
    Map<String, Double> samples = new TreeMap<>();
    for (String line :
        api.call("GET", "/metrics?scope=application", "").response().body().lines().toList()) {
      int space = line.lastIndexOf(' ');
      if (line.startsWith("patchbay_")) {
        String name = line.substring(0, space);
        assertEquals(
            null,
            samples.put(name, Double.valueOf(line.substring(space + 1))),
            name + " is there twice");
      }
    }
    return samples;
  }

  private double sample(String name, String... labels) throws Exception {
    List<Double> found =
        samples().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(name + "{"))
            .filter(entry -> List.of(labels).stream().allMatch(entry.getKey()::contains))
            .map(Map.Entry::getValue)
            .toList();
    assertEquals(1, found.size(), name + " " + List.of(labels));
    return found.getFirst();
  }

  @Test
  void nodesLinksAndClientsAreCounted() throws Exception {
    double stopped = sample("patchbay_nodes", "kind=\"vpcs\"", "state=\"stopped\"");
    double links = sample("patchbay_links");
    double ports = sample("patchbay_ports_left", "range=\"udp\"");
    JsonObject project = api.post("/v2/projects", "{\"name\": \"it-metrics\"}");
    String path = "/v2/projects/" + project.getString("project_id");
    try (Listener events = new Listener(api.socket(path + "/notifications/ws"))) {
      events.await(text -> text.contains("ping"), PATIENCE);
      String[] ids = new String[2];
      for (int i = 0; i < ids.length; i++) {
        ids[i] =
            api.post(
                    path + "/nodes",
                    "{\"name\": \"PC\", \"node_type\": \"vpcs\", \"compute_id\": \"local\"}")
                .getString("node_id");
      }
      api.post(
          path + "/links",
          """
          {"nodes": [{"node_id": "%s", "adapter_number": 0, "port_number": 0},
                     {"node_id": "%s", "adapter_number": 0, "port_number": 0}]}\
          """
              .formatted(ids[0], ids[1]));
      assertEquals(stopped + 2, sample("patchbay_nodes", "kind=\"vpcs\"", "state=\"stopped\""));
      assertEquals(links + 1, sample("patchbay_links"));
      assertTrue(sample("patchbay_notification_clients") >= 1);
      assertEquals(ports - 2, sample("patchbay_ports_left", "range=\"udp\""));
    } finally {
      api.call("DELETE", path, "");
    }
    assertEquals(stopped, sample("patchbay_nodes", "kind=\"vpcs\"", "state=\"stopped\""));
    assertEquals(ports, sample("patchbay_ports_left", "range=\"udp\""));
  }

  @Test
  void framesAreCountedAndStaySoWhenTheirPortIsGone() throws Exception {
    String project = "11111111-2222-4333-8444-000000000404";
    String path = "/v2/compute/projects/" + project;
    api.post(
        "/v2/compute/projects", "{\"name\": \"it\", \"project_id\": \"%s\"}".formatted(project));
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String hub = path + "/ethernet_hub/nodes";
      JsonObject node =
          api.post(
              hub,
              """
              {"name": "HUB", "ports_mapping": [{"name": "e0", "port_number": 0},
                                                {"name": "e1", "port_number": 1}]}\
              """);
      String nio = hub + "/" + node.getString("node_id") + "/adapters/0/ports/%d/nio";
      int port = api.post(path + "/ports/udp", "").getInt("udp_port");
      int other = api.post(path + "/ports/udp", "").getInt("udp_port");
      plug(nio.formatted(0), port, peer.getLocalPort());
      plug(nio.formatted(1), other, peer.getLocalPort());
      double received = sample("patchbay_frames", "what=\"received\"");
      double sent = sample("patchbay_frames", "what=\"sent\"");
      peer.send(new DatagramPacket(new byte[FRAME], FRAME, InetAddress.getLoopbackAddress(), port));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (sample("patchbay_frames", "what=\"sent\"") == sent) {
        assertTrue(System.nanoTime() < deadline, "the frame is not counted");
      }
      assertEquals(204, api.call("DELETE", nio.formatted(0), "").status());
      assertEquals(204, api.call("DELETE", nio.formatted(1), "").status());
      assertTrue(sample("patchbay_frames", "what=\"received\"") > received);
      assertTrue(sample("patchbay_frames", "what=\"sent\"") > sent);
    } finally {
      api.call("DELETE", path, "");
    }
  }

  private void plug(String nio, int localPort, int remotePort) throws Exception {
    api.post(
        nio,
        """
        {"type": "nio_udp", "lport": %d, "rhost": "127.0.0.1", "rport": %d}\
        """
            .formatted(localPort, remotePort));
  }

  @Test
  void requestsAreTimedInSeconds() throws Exception {
    api.call("GET", "/v2/version", "");
    String[] labels = {"method=\"GET\"", "route=\"/v2/version\""};
    double mean = sample("patchbay_rest_requests_seconds_mean", labels);
    double max = sample("patchbay_rest_requests_seconds_max", labels);
    assertTrue(mean > 0 && mean <= max && max < PATIENCE.toSeconds(), mean + " " + max);
    assertTrue(sample("patchbay_rest_requests_seconds_count", labels) >= 1);
    String[] other = {"route=\"/v2/compute/capabilities\""};
    assertTrue(sample("patchbay_rest_requests_seconds_sum", other) > 0);
  }
}
