using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>
/// Plays the clients of one recording against a gateway, line by line: sends what they sent, and waits for every frame that they
/// got, which must be like the recorded one.
/// </summary>
internal sealed class ReplaySession(string file, ReplayScenario scenario, Deviations deviations, GatewayTestHost host, ManualTimeProvider? clock) : IAsyncDisposable
{
    private const int MaxAbsent = 3;

    private readonly Transcript _transcript = Transcript.Load(file);
    private readonly HashSet<string> _unserved = [.. deviations.UnservedMethods];
    private readonly IReadOnlySet<int> _skipped = deviations.SkippedIn(file);
    private readonly RecordedValues _values = new(Path.GetDirectoryName(host.StateDirectory)!);
    private readonly DeviceResigner _devices = new((TimeProvider?)clock ?? TimeProvider.System);
    private readonly Dictionary<string, ReplayConnection> _connections = [];
    private readonly Dictionary<string, JsonElement> _recordedChallenges = [];
    private readonly Dictionary<string, string> _methods = [];
    private readonly List<(int Line, string Connection, FrameKind Kind, JsonElement Frame)> _absent = [];
    private readonly HashSet<string> _timed = [];
    private readonly List<Difference> _differences = [];
    private FrameComparer? _comparer;

    /// <summary>The deviations that must show in this recording.</summary>
    public IReadOnlyList<Deviation> Listed { get; private set; } = [];

    /// <summary>All differences, listed or not.</summary>
    public IReadOnlyList<Difference> Differences => _differences;

    public async Task RunAsync()
    {
        foreach (var line in _transcript.Lines)
        {
            if (line.Frame is { ValueKind: JsonValueKind.Object } frame && frame.TryGetProperty("id", out var id) && frame.TryGetProperty("method", out var method) && line.Direction == "c2s")
                _methods[id.GetRawText()] = method.GetString()!;
        }
        _comparer = new FrameComparer(_values, deviations, StartedAt());
        Listed = deviations.Of(file, [.. Order().Where(IsPlayed).Select(number => (number, _transcript.Lines[number - 1].Connection, Label(_transcript.Lines[number - 1])))]);
        // After a few frames that did not come the rest tells nothing new, and each would be waited for.
        foreach (var number in Order().TakeWhile(_ => _differences.Count(difference => difference.What == "absent" && !Listed.Any(entry => entry.Covers(difference))) < MaxAbsent))
        {
            if (IsPlayed(number))
                await PlayAsync(number, _transcript.Lines[number - 1]);
        }
    }

    private bool IsPlayed(int number) => !scenario.Skip.Contains(number) && !_skipped.Contains(number) && !IsUnservedEvent(_transcript.Lines[number - 1]);

    private bool IsUnservedEvent(TranscriptLine line) =>
        line.Direction == "s2c" && line.Frame is { ValueKind: JsonValueKind.Object } frame && frame.TryGetProperty("event", out var name)
        && deviations.UnservedEvents.Contains(name.GetString()!);

    private string Label(TranscriptLine line) =>
        line.Direction == "s2c" && line.Frame is { } frame ? FrameKind.Of(frame, _methods).Label : line.Direction;

    private IEnumerable<int> Order()
    {
        if (scenario.Early is not { } early)
            return OrderOfLines();
        return OrderOfLines().Where(number => number != early.Line).SelectMany(number => number == early.Before ? [early.Line, number] : new[] { number });
    }

    private IEnumerable<int> OrderOfLines()
    {
        for (var number = 1; number <= Math.Min(_transcript.Lines.Count, scenario.Until); number++)
        {
            if (scenario.AfterNext == number)
                yield return ++number;
            yield return scenario.AfterNext == number - 1 ? number - 1 : number;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
            await connection.DisposeAsync();
        _devices.Dispose();
    }

    private long StartedAt() =>
        _transcript.Lines.Select(line => line.Frame).Where(frame => frame is { ValueKind: JsonValueKind.Object })
            .Select(frame => frame!.Value.TryGetProperty("event", out var name) && name.GetString() == "connect.challenge" ? frame.Value.GetProperty("payload").GetProperty("ts").GetInt64() : 0)
            .FirstOrDefault(static ts => ts > 0);

    private async Task PlayAsync(int number, TranscriptLine line)
    {
        var connection = await ConnectionAsync(line.Connection);
        foreach (var message in scenario.Unrecorded.TryGetValue(number, out var parts) ? [parts] : Array.Empty<string[]>())
        {
            for (var i = 0; i < message.Length; i++)
                await connection.SendAsync(Encoding.UTF8.GetBytes(message[i]), WebSocketMessageType.Text, endOfMessage: i == message.Length - 1);
        }
        if (scenario.Advance.TryGetValue(number, out var time))
            await host.PassAsync(clock!, time);
        if (scenario.AwaitBefore.TryGetValue(number, out var label) && await connection.TakeAsync(frame => FrameKind.Of(frame, _methods).Label == label, wait: true) is { } ours)
            _differences.Add(new Difference(number, line.Connection, label, "unexpected", "", ours.GetRawText()));
        if (scenario.Before.TryGetValue(number, out var act))
            await act(host);
        if (scenario.StopBefore == number)
            await host.StopAsync();
        switch (line.Direction)
        {
            case "c2s":
                await SendAsync(connection, number, line);
                break;
            case "s2c":
                await ExpectAsync(connection, number, line);
                break;
            default:
                await CloseAsync(connection, number, line);
                break;
        }
    }

    private async Task<ReplayConnection> ConnectionAsync(string name)
    {
        if (_connections.TryGetValue(name, out var known))
            return known;
        var path = scenario.NamesArePaths && name.Length > 0 ? name : scenario.Path;
        var uri = new Uri(host.WebSocketUri, path);
        return _connections[name] = await ReplayConnection.OpenAsync(uri, options => scenario.Prepare(options, name, host.Port));
    }

    private async Task SendAsync(ReplayConnection connection, int number, TranscriptLine line)
    {
        var type = line.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        if (scenario.Raw.TryGetValue(number, out var raw))
        {
            await connection.SendAsync(raw, type);
            return;
        }
        var recorded = line.Frame ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Line {number} of {file} needs its bytes in the scenario."));
        var node = _values.Translate(JsonNode.Parse(recorded.GetRawText()));
        if (node?["params"] is JsonObject parameters && parameters["device"] is not null && (string?)node["method"] == "connect")
        {
            var token = recorded.GetProperty("params").TryGetProperty("auth", out var auth) && auth.TryGetProperty("token", out var text) ? text.GetString() : null;
            _devices.Resign(parameters, JsonNode.Parse(recorded.GetProperty("params").GetProperty("device").GetRawText())!.AsObject(), _recordedChallenges[line.Connection], token, connection.Nonce!, _values);
        }
        await connection.SendAsync(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"), type);
    }

    private async Task ExpectAsync(ReplayConnection connection, int number, TranscriptLine line)
    {
        var recorded = line.Frame!.Value;
        if (recorded.TryGetProperty("__selectedProtocol", out var protocol))
        {
            if (connection.SubProtocol != protocol.GetString())
                _differences.Add(new Difference(number, line.Connection, "upgrade", "value subprotocol", protocol.GetString()!, connection.SubProtocol ?? ""));
            return;
        }
        var kind = FrameKind.Of(recorded, _methods);
        if (Listed.Any(entry => entry.SaysAbsent(number, line.Connection, kind.Label)))
        {
            _absent.Add((number, line.Connection, kind, recorded));
            return;
        }
        // The first of such frames always comes; how many follow is a matter of timing.
        var isOptional = kind.IsTimed && !_timed.Add(line.Connection + kind.Key);
        var actual = await connection.TakeAsync(frame => FrameKind.Of(frame, _methods).Key == kind.Key, wait: !isOptional);
        if (actual is not { } frame)
        {
            if (!isOptional)
                _differences.Add(new Difference(number, line.Connection, kind.Label, "absent", recorded.GetRawText(), ""));
            return;
        }
        if (kind.Label == "event connect.challenge")
        {
            connection.Nonce = frame.GetProperty("payload").GetProperty("nonce").GetString();
            _recordedChallenges[line.Connection] = recorded.GetProperty("payload");
        }
        // A later delta has another text than the recorded one.
        if (!IsUnserved(recorded, frame, kind) && !(isOptional && kind.Label == "event chat.delta"))
            _differences.AddRange(_comparer!.Compare(number, line.Connection, kind.Label, recorded, frame));
    }

    /// <summary>A method that we do not serve must refuse whom the recorded one refused, and tell everybody else that it is unknown.</summary>
    private bool IsUnserved(JsonElement recorded, JsonElement actual, FrameKind kind)
    {
        if (!kind.Label.StartsWith("res ", StringComparison.Ordinal) || !_unserved.Contains(kind.Label[4..]))
            return false;
        var refusal = Message(recorded);
        if (refusal is not null && (refusal.StartsWith("missing scope: ", StringComparison.Ordinal) || refusal.StartsWith("unauthorized role: ", StringComparison.Ordinal)))
            return false;
        if (Message(actual) != "unknown method: " + kind.Label[4..])
            return false;
        return true;
    }

    private static string? Message(JsonElement frame) => frame.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString() : null;

    private async Task CloseAsync(ReplayConnection connection, int number, TranscriptLine line)
    {
        var (code, reason) = (line.CloseCode!.Value, line.CloseReason ?? "");
        List<JsonElement> left;
        if (code == 1005 || code >= 3000)
        {
            left = await connection.CloseAsync(code, reason);
        }
        else
        {
            (var ours, var text, left) = await connection.ClosedAsync();
            if (ours != code || text != reason)
                _differences.Add(new Difference(number, line.Connection, "close", "close", $"{code} {reason}", $"{ours} {text}"));
        }
        foreach (var absent in _absent.Where(absent => absent.Connection == line.Connection))
        {
            var index = left.FindIndex(frame => FrameKind.Of(frame, _methods).Key == absent.Kind.Key);
            if (index < 0)
                _differences.Add(new Difference(absent.Line, absent.Connection, absent.Kind.Label, "absent", absent.Frame.GetRawText(), ""));
            else
                left.RemoveAt(index);
        }
        foreach (var frame in left)
        {
            var kind = FrameKind.Of(frame, _methods);
            // When the recorded clients left together, the first to go did not see the others go.
            var isFarewell = kind.Label == "event presence" && _transcript.Lines.Skip(number).All(static later => later.Direction == "close");
            if (!kind.IsTimed && !isFarewell)
                _differences.Add(new Difference(number, line.Connection, kind.Label, "unexpected", "", frame.GetRawText()));
        }
    }
}
