using System.Globalization;
using System.Text.Json;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Agent;

/// <summary>One turn: the gateway accepts it, streams the answer, and says when it is done.</summary>
internal sealed class AgentRun(CommandContext context, AgentArguments arguments)
{
    public const int UsualTimeoutSeconds = 600;

    /// <summary>The gateway gives up on a turn after its timeout; the answer needs a moment more.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>The alias that every gateway resolves to the default agent's main session.</summary>
    private const string MainSession = "main";

    private readonly string _runId = Guid.NewGuid().ToString();

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(arguments.Message))
            return await context.FailAsync("Error: --message is empty").ConfigureAwait(false);
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return 1;
        if (Seconds(snapshot) is not { } seconds)
            return await context.FailAsync($"Error: invalid --timeout: {arguments.Timeout} (seconds, 0 for none)").ConfigureAwait(false);
        var route = GatewayRoute.Of(snapshot, context.Environment, new ClientArguments());
        if (route.Options is not { } options)
            return await context.FailAsync("Error: " + route.Problem).ConfigureAwait(false);
        var stream = new AnswerStream(context, _runId, live: context.Console.IsTerminal && !arguments.Json);
        try
        {
            var connection = await GatewayConnection.OpenAsync(options with { Time = context.Time, KeepEvents = stream.IsLive }, cancellation).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            var response = await AskAsync(connection, stream, seconds, cancellation).ConfigureAwait(false);
            return await AnswerAsync(response, stream).ConfigureAwait(false);
        }
        catch (GatewayException error)
        {
            await stream.EndLineAsync().ConfigureAwait(false);
            return await GatewayFailure.Of(error, context, route.Address).ReportAsync(context, "Error: ").ConfigureAwait(false);
        }
    }

    private async Task<GatewayResponse> AskAsync(GatewayConnection connection, AnswerStream stream, long seconds, CancellationToken cancellation)
    {
        var wait = new GatewayRequestOptions { ExpectFinal = true, Timeout = seconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds) + Grace };
        var asking = connection.RequestAsync("agent", Params(seconds), wait, cancellation);
        if (!stream.IsLive)
            return await asking.ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var showing = stream.ShowAsync(connection.ReadNoticesAsync(stop.Token), stop.Token);
        try
        {
            return await asking.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await showing.ConfigureAwait(false);
        }
    }

    private async Task<int> AnswerAsync(GatewayResponse response, AnswerStream stream)
    {
        if (arguments.Json && !response.Payload.IsEmpty)
            await context.Out.WriteLineAsync(JsonText.Indent(response.Payload.Span)).ConfigureAwait(false);
        using var document = JsonDocument.Parse(response.Payload.IsEmpty ? "{}"u8.ToArray() : response.Payload);
        var final = document.RootElement;
        if (response.Error is { } refused)
        {
            await stream.EndLineAsync().ConfigureAwait(false);
            return await context.FailAsync("Error: " + TerminalText.Harmless(refused.Message)).ConfigureAwait(false);
        }
        if (!arguments.Json)
            await stream.FinishAsync(AnswerText.Of(final)).ConfigureAwait(false);
        return final.Text("status") == "error" ? 1 : 0;
    }

    private byte[] Params(long seconds) => JsonText.Params(writer =>
    {
        writer.WriteString("message", arguments.Message);
        Write(writer, "agentId", arguments.AgentId);
        Write(writer, "to", arguments.To);
        Write(writer, "sessionId", arguments.SessionId);
        if (arguments is { AgentId: null, To: null, SessionId: null })
            writer.WriteString("sessionKey", MainSession);
        Write(writer, "thinking", arguments.Thinking);
        writer.WriteBoolean("deliver", arguments.Deliver);
        Write(writer, "channel", arguments.Channel);
        Write(writer, "replyTo", arguments.ReplyTo);
        Write(writer, "replyChannel", arguments.ReplyChannel);
        Write(writer, "replyAccountId", arguments.ReplyAccount);
        writer.WriteNumber("timeout", seconds);
        writer.WriteString("idempotencyKey", _runId);
    });

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
            writer.WriteString(name, value.Trim());
    }

    private long? Seconds(ConfigSnapshot snapshot)
    {
        if (arguments.Timeout is not { } text)
            return snapshot.Root.Section("agents").Section("defaults").Int("timeoutSeconds") is > 0 and var configured ? configured : UsualTimeoutSeconds;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
    }
}
