using System.Text;
using System.Text.Json;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Connections;

namespace OpenClaw.Cli.Commands.Agent;

/// <summary>Shows an answer while it comes, and in the end exactly what the gateway says it is.</summary>
/// <param name="context">Where to.</param>
/// <param name="runId">The turn.</param>
/// <param name="live">Whether somebody is watching. Otherwise only the final text is printed.</param>
internal sealed class AnswerStream(CommandContext context, string runId, bool live)
{
    private readonly StringBuilder _shown = new();
    private string _message = "";

    public bool IsLive => live;

    /// <summary>Prints the pieces of the answer until the notices end, or cancelled.</summary>
    public async Task ShowAsync(IAsyncEnumerable<GatewayNotice> notices, CancellationToken cancellation)
    {
        try
        {
            await foreach (var notice in notices.ConfigureAwait(false))
            {
                if (notice is GatewayEvent { Name: "agent" } agent && TextOf(agent.Payload) is { } text)
                    await ShowAsync(text).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The final answer is here; it contains what was still to come.
        }
    }

    /// <summary>Prints what is not on the screen yet, or all of it when the screen shows something else.</summary>
    public async Task FinishAsync(string answer)
    {
        answer = context.Console.IsTerminal ? TerminalText.Harmless(answer) : answer;
        var shown = _shown.ToString();
        if (shown.Length > 0 && answer.StartsWith(shown, StringComparison.Ordinal))
        {
            await context.Out.WriteLineAsync(answer[shown.Length..]).ConfigureAwait(false);
            return;
        }
        await EndLineAsync().ConfigureAwait(false);
        if (shown.TrimEnd() != answer.TrimEnd())
            await context.Out.WriteLineAsync(answer).ConfigureAwait(false);
    }

    /// <summary>Ends a line that is begun.</summary>
    public async Task EndLineAsync()
    {
        if (_shown.Length > 0 && _shown[^1] != '\n')
            await context.Out.WriteLineAsync().ConfigureAwait(false);
    }

    /// <param name="text">The whole of the current message so far.</param>
    private async Task ShowAsync(string text)
    {
        // After a tool call the model begins a new message.
        var goesOn = text.StartsWith(_message, StringComparison.Ordinal);
        var piece = TerminalText.Harmless(goesOn ? text[_message.Length..] : "\n" + text);
        _message = text;
        _shown.Append(piece);
        await context.Out.WriteAsync(piece).ConfigureAwait(false);
    }

    private string? TextOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            return root.Text("runId") == runId && root.Text("stream") == "assistant" ? (root.Field("data") ?? default).Text("text") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
