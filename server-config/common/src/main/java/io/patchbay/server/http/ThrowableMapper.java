package io.patchbay.server.http;

import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.nio.file.InvalidPathException;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Turns whatever a resource throws, and whatever the server refuses before one is found, into an
 * answer with our error body. Texts of the server or of unforeseen exceptions are never passed on.
 */
@Dependent
@Provider
public class ThrowableMapper implements ExceptionMapper<Throwable> {
  private static final String NO_FILE =
      "Invalid request: a name in it has characters that no file of this server can have";
  private static final Logger LOG = Logger.getLogger(ThrowableMapper.class.getName());

  @Override
  public Response toResponse(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (cause) {
      case LabException lab -> refusal(lab);
      case InvalidPathException _ -> refusal(LabException.invalid(NO_FILE));
      case BodyRefused body -> refusal(body.status());
      case WebApplicationException web -> ofServer(web.getResponse());
      default -> unforeseen(cause);
    };
  }

  private static Response refusal(LabException lab) {
    int status = StatusCodes.http(lab.code());
    return answer(status).entity(ErrorBody.of(status, lab.getMessage(), lab.details())).build();
  }

  private static Response refusal(int status) {
    Response.ResponseBuilder answer = answer(status);
    if (status == 503) {
      answer.header(HttpHeaders.RETRY_AFTER, 1);
    }
    return answer.entity(ErrorBody.of(status, StatusCodes.reason(status))).build();
  }

  private static Response ofServer(Response response) {
    int status = response.getStatus();
    if (status < 400) {
      return response;
    }
    Response.ResponseBuilder answer = answer(status);
    String allow = response.getHeaderString(HttpHeaders.ALLOW);
    if (status == 405 && allow != null) {
      answer.header(HttpHeaders.ALLOW, Methods.offered(allow));
    }
    return answer.entity(ErrorBody.of(status, StatusCodes.reason(status))).build();
  }

  private static Response unforeseen(Throwable cause) {
    LOG.log(Level.SEVERE, "unforeseen failure of a request", cause);
    return answer(500).entity(ErrorBody.of(500, StatusCodes.reason(500))).build();
  }

  private static Response.ResponseBuilder answer(int status) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE);
  }
}
