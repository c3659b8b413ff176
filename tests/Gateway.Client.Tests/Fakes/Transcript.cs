using System.Text.Json;

namespace OpenClaw.Gateway.Client.Tests.Fakes;

/// <summary>A recorded session, played by the gateway's side: every recorded request waits for the client's, and gives its id to the answers.</summary>
internal sealed class Transcript
{
    private readonly List<(bool FromClient, JsonElement Frame)> _lines = [];

    public IEnumerable<string> EventNames =>
        _lines.Where(l => !l.FromClient && l.Frame.GetProperty("type").GetString() == "event")
            .Select(l => l.Frame.GetProperty("event").GetString()!)
            .Where(name => name != "connect.challenge");

    public static Transcript Load(string name)
    {
        using var stream = typeof(Transcript).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        var transcript = new Transcript();
        while (reader.ReadLine() is { } line)
        {
            var entry = JsonSerializer.Deserialize<JsonElement>(line);
            transcript._lines.Add((entry.GetProperty("dir").GetString() == "c2s", entry.GetProperty("frame")));
        }
        return transcript;
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
                ids[frame.GetProperty("id").GetRawText()] = request.GetProperty("id").GetRawText();
            }
            else if (frame.TryGetProperty("id", out var id))
            {
                await connection.SendAsync(frame.GetRawText().Replace("\"id\":" + id.GetRawText(), "\"id\":" + ids[id.GetRawText()], StringComparison.Ordinal));
            }
            else
            {
                await connection.SendAsync(frame.GetRawText());
            }
        }
        await connection.CloseAsync(1000, "");
    }
}
