using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>Takes a connection's messages to the methods and their answers back. Knows neither sockets nor JSON of any method.</summary>
internal sealed partial class RequestDispatcher(MethodRegistry methods, Audit audit, ILogger<RequestDispatcher> logger)
{
    /// <summary>
    /// Handles a message of a connected client. Returns null when it was answered at once, else the work that goes on;
    /// <paramref name="message"/> is not needed any more in either case.
    /// </summary>
    public Task? Dispatch(GatewayConnection connection, ReadOnlyMemory<byte> message)
    {
        switch (RequestFrameReader.Read(message, out var request))
        {
            case FrameReadStatus.NotJson:
                LogNotJson(logger, connection.Id, message.Length);
                return null;
            case FrameReadStatus.Invalid:
                var diagnosis = RequestFrameDiagnosis.Of(message);
                connection.SendError(diagnosis.IdJson, ErrorShape.InvalidRequest("invalid request frame: " + diagnosis.Errors));
                return null;
            default:
                return Invoke(connection, request);
        }
    }

    private Task? Invoke(GatewayConnection connection, InboundRequest request)
    {
        var method = methods.Find(request.MethodUtf8.Span);
        var unserved = method is null ? MethodCatalog.Find(Encoding.UTF8.GetString(request.MethodUtf8.Span)) : null;
        var scope = method?.Contract.Scope ?? unserved?.Scope ?? MethodScope.Admin;
        if (MethodAuthorization.Check(scope, connection.Identity!) is { } refusal)
        {
            // Names that are none of ours are the client's own words.
            audit.CallDenied(AuditActor.Of(connection.Identity!, connection.Id), method?.Contract.Name ?? unserved?.Name ?? "an unknown method", refusal.Message);
            connection.SendError(request.IdJson, refusal);
            return null;
        }
        if (method is null)
        {
            var text = request.MethodUtf8.Span.SequenceEqual("connect"u8)
                ? "connect is only valid as the first request"
                : $"unknown method: {Encoding.UTF8.GetString(request.MethodUtf8.Span)}";
            connection.SendError(request.IdJson, ErrorShape.InvalidRequest(text));
            return null;
        }

        // The id outlives the message when the method does.
        ReadOnlyMemory<byte> id = request.IdJson.ToArray();
        var context = new MethodContext(connection.Identity!, connection.Id, id, payload => connection.SendOk(id, payload.Span));
        var around = Activity.Current;
        var activity = CoreActivities.Source.StartActivity(method.Contract.Name, ActivityKind.Server);
        ValueTask<MethodReply> pending;
        try
        {
            pending = method.InvokeAsync(context, request.ParamsJson, connection.Aborted);
        }
        catch (Exception e)
        {
            Fail(connection, id, method, e);
            activity?.SetStatus(ActivityStatusCode.Error).Dispose();
            return null;
        }
        if (!pending.IsCompletedSuccessfully)
        {
            var finished = FinishAsync(connection, id, method, context, pending, activity);
            // The next request of the connection is no part of this one.
            if (activity is not null)
                Activity.Current = around;
            return finished;
        }
        Send(connection, id, context, pending.Result);
        activity?.Dispose();
        return null;
    }

    private async Task FinishAsync(GatewayConnection connection, ReadOnlyMemory<byte> id, GatewayMethod method, MethodContext context, ValueTask<MethodReply> pending, Activity? activity)
    {
        using var until = activity;
        try
        {
            Send(connection, id, context, await pending.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (connection.Aborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception e)
        {
            Fail(connection, id, method, e);
            activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static void Send(GatewayConnection connection, ReadOnlyMemory<byte> id, MethodContext context, MethodReply reply)
    {
        if (reply.Error is { } error)
            connection.SendError(id, error, reply.PayloadJson.Span);
        else
            connection.SendOk(id, reply.PayloadJson.Span);
        context.AfterReply?.Invoke(connection);
    }

    /// <summary>A bug or a broken disk: the client learns that it failed, the log why.</summary>
    private void Fail(GatewayConnection connection, ReadOnlyMemory<byte> id, GatewayMethod method, Exception exception)
    {
        if (exception is BusUnavailableException away)
        {
            // Nobody's fault here, and one line per call would bury the one that says so.
            connection.SendError(id, ErrorShape.Unavailable("the gateway cannot reach its message bus; try again") with { Retryable = true, RetryAfterMs = (long)away.RetryAfter.TotalMilliseconds });
            return;
        }
        LogFailed(logger, exception, method.Contract.Name, connection.Id);
        var text = exception is IOException or UnauthorizedAccessException or TimeoutException ? $"{exception.GetType().Name}: {exception.Message}" : "Error: internal error; see the gateway log";
        if (text.Length > ProtocolLimits.MaxErrorTextChars)
            text = text[..ProtocolLimits.MaxErrorTextChars] + "...";
        connection.SendError(id, ErrorShape.Unavailable(text));
    }

    [LoggerMessage(1101, LogLevel.Debug, "A message of {Bytes} bytes on connection {ConnectionId} was not JSON and was ignored.")]
    private static partial void LogNotJson(ILogger logger, string connectionId, int bytes);

    [LoggerMessage(1102, LogLevel.Error, "Method {Method} failed on connection {ConnectionId}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, string connectionId);
}
