package io.patchbay.compute.notification;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.server.http.SocketRequests;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The console of a node; bytes both ways, text messages are typed as UTF-8. Who says by the query's
 * {@code since} up to where it knows the console gets one text message ahead of everything: {@code
 * {"position": P, "past": N, "lost": L}}. P is the position of the first byte that follows, N bytes
 * were printed before one came, and L more before them are lost.
 */
@Dependent
@ServerEndpoint("/projects/{project_id}/{node_type}/nodes/{node_id}/console/ws")
public class ConsoleSocket {
  private static final String CONSOLE = "console";

  @Inject private ComputeLab lab;

  @OnOpen
  public void open(
      Session session,
      @PathParam("project_id") String projectId,
      @PathParam("node_type") String kind,
      @PathParam("node_id") String nodeId)
      throws IOException {
    try {
      if (lab.project(projectId).node(kind, nodeId) instanceof ConsoleSource source) {
        OptionalLong since = SocketRequests.since(session);
        session.getUserProperties().put(CONSOLE, source.join(new Viewer(session, since)));
      } else {
        throw LabException.conflict("Node ID " + nodeId + " has no console");
      }
    } catch (LabException refused) {
      session.close(new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, refused.getMessage()));
    }
  }

  @OnMessage
  public void binary(ByteBuffer input, Session session) {
    byte[] bytes = new byte[input.remaining()];
    input.get(bytes);
    type(session, bytes);
  }

  @OnMessage
  public void text(String input, Session session) {
    type(session, input.getBytes(StandardCharsets.UTF_8));
  }

  private static void type(Session session, byte[] input) {
    if (session.getUserProperties().get(CONSOLE) instanceof ConsoleSession console) {
      console.type(input);
    }
  }

  @OnClose
  public void closed(Session session) {
    leave(session);
  }

  @OnError
  public void error(Session session, Throwable broken) {
    leave(session);
  }

  private static void leave(Session session) {
    if (session.getUserProperties().remove(CONSOLE) instanceof ConsoleSession console) {
      console.close();
    }
  }

  private record Viewer(Session session, OptionalLong since) implements ConsoleViewer {
    @Override
    public void begin(Past past) {
      JsonObject told =
          Json.createObjectBuilder()
              .add("position", past.position())
              .add("past", past.length())
              .add("lost", past.lost())
              .build();
      try {
        session.getBasicRemote().sendText(told.toString());
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }

    @Override
    public void show(byte[] data) {
      try {
        session.getBasicRemote().sendBinary(ByteBuffer.wrap(data));
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }

    @Override
    public void closed() {
      try {
        session.close();
      } catch (IOException | IllegalStateException gone) {
        // It is closed, which is what was wanted.
      }
    }
  }
}
