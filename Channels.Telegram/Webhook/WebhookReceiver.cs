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
            if (await JsonSerializer.DeserializeAsync(request.Body, BotJsonContext.Default.Update, cancellationToken).ConfigureAwait(false) is not { } update)
                return StatusCodes.Status400BadRequest;
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

    [LoggerMessage(8351, LogLevel.Information, "telegram/{Account}: updates are taken on port {Port} at {Path}.")]
    private static partial void LogListening(ILogger logger, string account, int port, string path);

    [LoggerMessage(8352, LogLevel.Warning, "telegram/{Account}: a push of a form that is not understood was refused.")]
    private static partial void LogUnreadable(ILogger logger, string account);
}
