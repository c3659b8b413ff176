using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.EndToEnd.Tests.Chaos;

/// <summary>What clients saw and what was done to the services, one line of JSON each, to be checked when all is over.</summary>
internal sealed class ChaosLog(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _file = new(path);
    private readonly long _started = TimeProvider.System.GetTimestamp();

    private bool _isClosed;

    /// <summary>Since the log began.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_started);

    public void Add(string kind, string id, string detail = "")
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _file.WriteLine(new JsonObject { ["at"] = Now.TotalSeconds, ["kind"] = kind, ["id"] = id, ["detail"] = detail }.ToJsonString());
        }
    }

    /// <summary>Ends the log and reads it.</summary>
    public IReadOnlyList<ChaosEvent> ReadAll()
    {
        Dispose();
        return [.. File.ReadLines(path).Select(static line => JsonDocument.Parse(line).RootElement).Select(static line => new ChaosEvent(
            TimeSpan.FromSeconds(line.GetProperty("at").GetDouble()), line.GetProperty("kind").GetString()!, line.GetProperty("id").GetString()!, line.GetProperty("detail").GetString()!))];
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _file.Dispose();
        }
    }
}

/// <summary>A line of the log.</summary>
/// <param name="At">Since the log began.</param>
/// <param name="Kind"><c>attempt</c>, <c>accept</c>, <c>refuse</c>, <c>ack</c> of a message; <c>open</c>, <c>drop</c> of a client; <c>http-attempt</c>, <c>http-answer</c>, <c>http-refuse</c>, <c>http-drop</c> of a request; <c>kill</c>, <c>launch</c> of a service.</param>
/// <param name="Id">Message, client or service.</param>
/// <param name="Detail">Of a message its session, of a refusal the error, of an answer its text.</param>
internal sealed record ChaosEvent(TimeSpan At, string Kind, string Id, string Detail);
