package io.patchbay.controller.notification;

import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.limit.IdleLabs;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.http.RequestLimit;
import io.patchbay.server.http.SocketRequests;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * The console of a node: what a client types goes to the node's compute and the other way round.
 */
@Dependent
@ServerEndpoint("/v2/projects/{project_id}/nodes/{node_id}/console/ws")
public class ConsoleSocket {
  private static final String UPSTREAM = "upstream";

  @Inject private Projects projects;
  @Inject private Sharing sharing;
  @Inject private IdleLabs idle;
  @Inject private RequestLimit limit;

  @OnOpen
  public void open(
      Session session,
      @PathParam("project_id") String projectId,
      @PathParam("node_id") String nodeId)
      throws IOException {
    limit.opened(session);
    try {
      Node node = projects.get(projectId).requireOpen().node(nodeId);
      Optional<Caller> caller = Caller.of(session.getUserPrincipal());
      session
          .getUserProperties()
          .put(
              UPSTREAM,
              new Upstream(session, node, () -> sharing.may(caller, Right.OPERATE, projectId)));
    } catch (LabException refused) {
      close(session, refused.getMessage());
    }
  }

  private static void close(Session session, String reason) {
    try {
      session.close(new CloseReason(CloseCodes.NORMAL_CLOSURE, reason));
    } catch (IOException | IllegalStateException gone) {
      // It is closed, which is what was wanted.
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

  private void type(Session session, byte[] input) {
    idle.used(session.getPathParameters().get("project_id"));
    if (session.getUserProperties().get(UPSTREAM) instanceof Upstream upstream) {
      upstream.send(input);
    }
  }

  @OnClose
  public void closed(Session session) {
    limit.closed(session);
    leave(session);
  }

  @OnError
  public void error(Session session, Throwable broken) {
    leave(session);
  }

  private static void leave(Session session) {
    if (session.getUserProperties().remove(UPSTREAM) instanceof Upstream upstream) {
      upstream.close();
    }
  }

  /**
   * The connection to the compute; what is sent goes in order, each after the one before. It ends
   * when its user may not use the console any more.
   */
  private static final class Upstream implements WebSocket.Listener {
    private interface Message {
      void send(RemoteEndpoint.Basic client) throws IOException;
    }

    private final Session session;
    private final BooleanSupplier permitted;
    private CompletableFuture<WebSocket> last;

    Upstream(Session session, Node node, BooleanSupplier permitted) {
      this.session = session;
      this.permitted = permitted;
      last =
          node.compute()
              .client()
              .socket(node.path() + "/console/ws" + since(session), this)
              .whenComplete(
                  (socket, refused) -> {
                    if (refused != null) {
                      ConsoleSocket.close(session, "The console cannot be joined");
                    }
                  });
    }

    private static String since(Session session) {
      OptionalLong position = SocketRequests.since(session);
      return position.isPresent() ? "?since=" + position.getAsLong() : "";
    }

    private boolean isOver() {
      if (permitted.getAsBoolean()) {
        return false;
      }
      ConsoleSocket.close(session, "You may not use this console any more");
      return true;
    }

    synchronized void send(byte[] data) {
      if (isOver()) {
        return;
      }
      last = last.thenCompose(socket -> socket.sendBinary(ByteBuffer.wrap(data), true));
    }

    synchronized void close() {
      last = last.thenCompose(socket -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean end) {
      return pass(socket, remote -> remote.sendBinary(data));
    }

    /** What a compute of ours tells of what came before. */
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean end) {
      return pass(socket, remote -> remote.sendText(data.toString(), end));
    }

    private CompletionStage<?> pass(WebSocket socket, Message message) {
      if (isOver()) {
        return null;
      }
      try {
        message.send(session.getBasicRemote());
      } catch (IOException | IllegalStateException gone) {
        close();
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ConsoleSocket.close(session, "");
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ConsoleSocket.close(session, "");
    }
  }
}
