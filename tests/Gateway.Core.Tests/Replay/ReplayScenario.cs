using System.Net.WebSockets;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>What a recording does not say about itself: how its gateway was set up, and what its clients did outside of JSON frames.</summary>
internal sealed record ReplayScenario
{
    /// <summary>The gateway's <c>openclaw.json</c>; null when there is none.</summary>
    public string? Config { get; init; } = ReplayScenarios.TokenConfig;

    /// <summary>Connections (by name) that came through a proxy which the gateway does not know, so that they are not local; null: all.</summary>
    public Func<string, bool> IsRemote { get; init; } = static _ => false;

    /// <summary>A browser's Origin is sent.</summary>
    public bool FromBrowser { get; init; }

    public IReadOnlyList<string> SubProtocols { get; init; } = [];

    public string Path { get; init; } = "/";

    /// <summary>The connections' names are the paths.</summary>
    public bool NamesArePaths { get; init; }

    /// <summary>Moves the clock before this line; the gateway then has a clock that stands still otherwise.</summary>
    public IReadOnlyDictionary<int, TimeSpan> Advance { get; init; } = new Dictionary<int, TimeSpan>();

    /// <summary>Does what an unserved method or somebody else did before this line.</summary>
    public IReadOnlyDictionary<int, Func<GatewayTestHost, Task>> Before { get; init; } = new Dictionary<int, Func<GatewayTestHost, Task>>();

    /// <summary>The gateway's environment variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Stops the gateway before this line.</summary>
    public int? StopBefore { get; init; }

    /// <summary>This line was recorded before the one that caused it.</summary>
    public int? AfterNext { get; init; }

    /// <summary>A line that caused what was recorded before it, and the first line of that.</summary>
    public (int Line, int Before)? Early { get; init; }

    /// <summary>Messages that the recording does not show, by the line before which they are sent; several parts make a fragmented one.</summary>
    public IReadOnlyDictionary<int, string[]> Unrecorded { get; init; } = new Dictionary<int, string[]>();

    /// <summary>Bytes of messages that were not JSON, by line.</summary>
    public IReadOnlyDictionary<int, byte[]> Raw { get; init; } = new Dictionary<int, byte[]>();

    /// <summary>Lines that cannot be replayed here.</summary>
    public IReadOnlySet<int> Skip { get; init; } = new HashSet<int>();

    /// <summary>The last line that is replayed.</summary>
    public int Until { get; init; } = int.MaxValue;

    /// <summary>A frame of ours that is waited for before the line, where the recorded client just let time pass.</summary>
    public IReadOnlyDictionary<int, string> AwaitBefore { get; init; } = new Dictionary<int, string>();

    /// <summary>A model server answers as the recorded one did.</summary>
    public bool WithModel { get; init; }

    /// <summary>Puts files into the state directory before the gateway starts.</summary>
    public Action<string>? Seed { get; init; }

    public void Prepare(ClientWebSocketOptions options, string connection, int port)
    {
        if (IsRemote(connection))
            options.SetRequestHeader("X-Forwarded-For", "203.0.113.9");
        if (FromBrowser)
            options.SetRequestHeader("Origin", $"http://127.0.0.1:{port}");
        foreach (var protocol in SubProtocols)
            options.AddSubProtocol(protocol);
    }
}
