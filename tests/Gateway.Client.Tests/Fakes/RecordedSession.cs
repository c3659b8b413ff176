using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Fakes;

/// <summary>
/// The recorded agent run, played by the gateway's side: the recorded connect and agent requests wait for the client's, and give
/// their ids to the answers. What the recording's client asked besides is left out.
/// </summary>
internal sealed class RecordedSession
{
    private const string AgentRequest = "A1";

    private readonly List<(bool FromClient, JsonElement Frame)> _lines = [];

    private RecordedSession()
    {
    }

    public IEnumerable<string> EventNames =>
        _lines.Where(l => !l.FromClient && l.Frame.GetProperty("type").GetString() == "event")
            .Select(l => l.Frame.GetProperty("event").GetString()!)
            .Where(name => name != "connect.challenge");

    public static RecordedSession AgentRun()
    {
        var session = new RecordedSession();
        var ids = new HashSet<string> { AgentRequest };
        foreach (var line in Transcript.Load("mock-agent-run").Lines.Where(l => l is { Connection: "op", Frame: not null }))
        {
            var frame = line.Frame!.Value;
            var id = frame.TryGetProperty("id", out var value) ? value.GetString()! : null;
            if (line.Direction == "c2s" && frame.GetProperty("method").GetString() == "connect")
                ids.Add(id!);
            if (id is not null && !ids.Contains(id))
                continue;
            session._lines.Add((line.Direction == "c2s", frame));
            if (id == AgentRequest && frame.TryGetProperty("payload", out var payload) && payload.GetProperty("status").GetString() == "ok")
                break;
        }
        return session;
    }

    public async Task PlayAsync(FakeConnection connection)
    {
        var ids = new Dictionary<string, string>();
        foreach (var (fromClient, frame) in _lines)
        {
            if (fromClient)
            {
                var request = await connection.ReceiveAsync();
                Assert.Equal(frame.GetProperty("method").GetString(), request.GetProperty("method").GetString());
                ids[frame.GetProperty("id").GetString()!] = request.GetProperty("id").GetString()!;
            }
            else if (frame.TryGetProperty("id", out var id))
            {
                var answer = JsonObject.Create(frame)!;
                answer["id"] = ids[id.GetString()!];
                await connection.SendAsync(answer.ToJsonString());
            }
            else
            {
                await connection.SendAsync(frame.GetRawText());
            }
        }
        await connection.CloseAsync(1000, "");
    }
}
