using System.Globalization;
using System.Text.Json;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;

namespace OpenClaw.Cli.Commands.Logs;

/// <summary>One <c>openclaw logs</c>.</summary>
internal sealed class LogsRun(CommandContext context, LogsArguments arguments)
{
    public const int UsualTimeoutMs = 30_000;
    public const int UsualLimit = 200;
    public const int UsualMaxBytes = 250_000;
    public const int UsualIntervalMs = 1000;

    private const int ShortestIntervalMs = 50;

    /// <summary>Pause before a lost gateway is tried again; a restart takes less than half a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly LogPrinter _printer = new(context, StyleOf(context, arguments));
    private long? _cursor;
    private string? _file;
    private bool _lost;

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var limit = Number(arguments.Limit, UsualLimit);
        var maxBytes = Number(arguments.MaxBytes, UsualMaxBytes);
        var interval = Number(arguments.Interval, UsualIntervalMs);
        var timeout = arguments.Client.TimeoutOr(UsualTimeoutMs);
        if (limit is null || maxBytes is null || interval is null || timeout is null)
            return await context.FailAsync("Error: --limit, --max-bytes, --interval and --timeout take positive whole numbers").ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments.Client, cancellation).ConfigureAwait(false);
        if (route.Options is not { } options)
            return await context.FailAsync("Error: " + route.Problem).ConfigureAwait(false);
        options = options with { Time = context.Time, KeepEvents = false, ConnectTimeout = timeout.Value };
        var request = new TailRequest(limit.Value, maxBytes.Value, timeout.Value);
        while (true)
        {
            try
            {
                var failure = await TailAsync(options, request, TimeSpan.FromMilliseconds(Math.Max(interval.Value, ShortestIntervalMs)), cancellation).ConfigureAwait(false);
                return failure is null ? 0 : await context.FailAsync("Error: " + TerminalText.Harmless(failure)).ConfigureAwait(false);
            }
            catch (GatewayException error)
            {
                if (!arguments.Follow || _file is null || error is GatewayConnectRefusedException { IsTerminal: true } or GatewayTlsException)
                    return await ReportAsync(route, error).ConfigureAwait(false);
                if (!_lost)
                    await _printer.NoticeAsync($"Lost the gateway ({error.Summary}); waiting for it to come back.").ConfigureAwait(false);
                _lost = true;
            }
            await Task.Delay(Pause, context.Time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Prints until the connection ends, or once.</summary>
    /// <returns>The gateway's refusal, or null.</returns>
    private async Task<string?> TailAsync(GatewayConnectionOptions options, TailRequest request, TimeSpan interval, CancellationToken cancellation)
    {
        var connection = await GatewayConnection.OpenAsync(options, cancellation).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        while (true)
        {
            var response = await connection.RequestAsync(
                "logs.tail", request.Params(_cursor), new GatewayRequestOptions { Timeout = request.Timeout }, cancellation).ConfigureAwait(false);
            if (response.Error is { } refused)
                return refused.Message;
            if (_lost)
                await _printer.NoticeAsync("The gateway is back.").ConfigureAwait(false);
            _lost = false;
            var piece = LogPiece.Read(response.Payload);
            if (_cursor is not null && _file != piece.File && !piece.Reset)
            {
                // A new day's file: what the cursor counted was the old one.
                (_cursor, _file) = (0, piece.File);
                continue;
            }
            (_cursor, _file) = (piece.Cursor, piece.File);
            await _printer.PrintAsync(piece).ConfigureAwait(false);
            if (!arguments.Follow || StandardOutput.IsClosed())
                return null;
            await Task.Delay(interval, context.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<int> ReportAsync(GatewayRoute route, GatewayException error)
    {
        const string unreachable = "Gateway not reachable. Is it running and accessible?";
        var failure = GatewayFailure.Of(error, context, route.Address);
        var hint = failure.Hint ?? $"See what it says: {context.Environment.CommandName} gateway status";
        if (StyleOf(context, arguments) is LogStyle.Json)
        {
            await context.Error.WriteLineAsync(JsonText.WriteLine(writer => WriteError(writer, unreachable, error.Message, route, hint))).ConfigureAwait(false);
            return 1;
        }
        var reason = failure.Refusal is null ? "" : TerminalText.Harmless(error.Summary) + "\n";
        return await context.FailAsync($"{unreachable}\n{reason}{route.Address.Details}\nHint: {hint}").ConfigureAwait(false);
    }

    private static void WriteError(Utf8JsonWriter writer, string message, string error, GatewayRoute route, string hint)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "error");
        writer.WriteString("message", message);
        writer.WriteString("error", error);
        writer.WriteStartObject("details");
        writer.WriteString("url", route.Address.Url);
        writer.WriteString("urlSource", route.Address.Source);
        writer.WriteString("message", route.Address.Details);
        writer.WriteEndObject();
        writer.WriteString("hint", "Hint: " + hint);
        writer.WriteEndObject();
    }

    private static LogStyle StyleOf(CommandContext context, LogsArguments arguments) =>
        arguments.Client.Json ? LogStyle.Json : context.Console.IsTerminal && !arguments.Plain ? LogStyle.Pretty : LogStyle.Plain;

    private static int? Number(string? text, int usual) =>
        text is null ? usual : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private sealed record TailRequest(int Limit, int MaxBytes, TimeSpan Timeout)
    {
        public byte[] Params(long? cursor) => JsonText.Params(writer =>
        {
            if (cursor is { } position)
                writer.WriteNumber("cursor", position);
            writer.WriteNumber("limit", Limit);
            writer.WriteNumber("maxBytes", MaxBytes);
        });
    }
}
