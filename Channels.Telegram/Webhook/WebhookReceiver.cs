using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Inbound;

namespace OpenClaw.Channels.Telegram.Webhook;

/// <summary>Takes the updates that are pushed: each is answered with 200 only when it is stored, so the API keeps what is not.</summary>
internal sealed partial class WebhookReceiver(string account, WebhookSettings settings, Intake intake, ConnectionContext context, WebhookListeners listeners, ILogger logger)
{
    /// <summary>The API gives up after a minute and pushes again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    public async Task<ConnectionEnd> RunAsync(CancellationToken cancellationToken)
    {
        WebhookRegistration registration;
        try
        {
            registration = await listeners.RegisterAsync(settings.Host, settings.Port, new WebhookRoute(settings.Path, settings.Secret, request => HandleAsync(request, cancellationToken)), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or FormatException or System.Net.Sockets.SocketException)
        {
            return new ConnectionEnd($"{settings.Host}:{settings.Port} cannot be listened on for the webhook");
        }
        await using (registration.ConfigureAwait(false))
        {
            LogListening(logger, account, registration.Port, settings.Path);
            context.Ready();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken).ConfigureAwait(false);
            return new ConnectionEnd("stopped");
        }
    }

    private async Task HandleAsync(HttpContext request, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(Patience, context.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping, request.RequestAborted);
        request.Response.StatusCode = await TakeAsync(request.Request, end.Token).ConfigureAwait(false);
    }

    private async Task<int> TakeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (Read(body.RootElement) is not { } update)
                return IsUpdate(body.RootElement) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
            var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            intake.Post(new IncomingUpdate(update, stored.SetResult));
            await stored.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }
        catch (JsonException)
        {
            LogUnreadable(logger, account);
            return StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode;
        }
        catch (OperationCanceledException)
        {
            // Not stored, or not known to be: the API pushes it again.
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private Update? Read(JsonElement body)
    {
        try
        {
            return body.Deserialize(BotJsonContext.Default.Update);
        }
        catch (JsonException)
        {
            LogUnreadable(logger, account);
            return null;
        }
    }

    /// <summary>One of a form that we do not know is passed over, as in a poll: refused, the API would push it for ever, and what is behind it would wait.</summary>
    private static bool IsUpdate(JsonElement body) => body.ValueKind is JsonValueKind.Object && body.TryGetProperty("update_id", out var id) && id.TryGetInt64(out _);

    [LoggerMessage(8351, LogLevel.Information, "telegram/{Account}: updates are taken on port {Port} at {Path}.")]
    private static partial void LogListening(ILogger logger, string account, int port, string path);

    [LoggerMessage(8352, LogLevel.Warning, "telegram/{Account}: a push of a form that is not understood is passed over.")]
    private static partial void LogUnreadable(ILogger logger, string account);
}
