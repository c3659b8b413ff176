using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Transcripts;

/// <summary>What the peer said about every recorded request, this contract says too, to the letter.</summary>
public sealed class RecordedRequestTests
{
    private static readonly JsonElement NoParams = JsonElement.Parse("{}");

    public static TheoryData<string> Sessions { get; } = new(Transcript.Names);

    [Theory]
    [MemberData(nameof(Sessions))]
    public void Read_RecordedFirstFrame_AgreesWithTheClose(string session)
    {
        var lines = Transcript.Load(session).Lines;
        var first = lines.FirstOrDefault(line => line.Direction is "c2s" && line.Frame is not null);
        if (first?.Frame is not { } frame || first.Raw is not null)
            return;
        var refused = lines.Any(line => line.CloseReason is "invalid request frame" && line.Connection == first.Connection);
        // The recorder cut what was too large to be read at all.
        if (lines.Any(line => line.CloseCode is 1009))
            return;

        var status = RequestFrameReader.Read(Utf8(frame), out _);

        Assert.Equal(refused ? FrameReadStatus.Invalid : FrameReadStatus.Request, status);
    }

    [Theory]
    [MemberData(nameof(Sessions))]
    public void Validate_RecordedParams_SaysWhatThePeerSaid(string session)
    {
        foreach (var (request, answer) in Exchanges(Transcript.Load(session)))
        {
            var name = request.TryGetProperty("method", out var text) ? text.GetString() : null;
            if (GatewayMethods.All.FirstOrDefault(contract => contract.Name == name) is not { Validated: true } method)
                continue;
            // The handshake checks what came; for every later request nothing means an empty object.
            var given = request.TryGetProperty("params", out var value) && value.ValueKind is not JsonValueKind.Null ? value
                : method == GatewayMethods.Connect ? value
                : NoParams;

            var errors = SchemaValidator.Validate(ProtocolJson.SchemaOf(method.ParamsType), given);

            var prefix = $"invalid {method.Name} params: ";
            var message = answer.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString()! : "";
            if (message.StartsWith(prefix, StringComparison.Ordinal) && !IsBeyondTheSchema(message))
                Assert.Equal(message[prefix.Length..], errors);
            else if (!IsDecidedBefore(message) && !IsRepairedBefore(method, given))
                Assert.True(errors is null, $"{session}: the peer took {request.GetRawText()}, here: {errors}");
        }
    }

    [Fact]
    public void Diagnosis_RecordedInvalidFrames_AreWordedAsRecorded()
    {
        var compared = 0;
        foreach (var session in Transcript.Names.Select(Transcript.Load))
        {
            foreach (var (request, answer) in Exchanges(session))
            {
                if (!answer.TryGetProperty("error", out var error) || error.GetProperty("message").GetString() is not { } message)
                    continue;
                const string Prefix = "invalid request frame: ";
                var bytes = Utf8(request);
                Assert.Equal(message.StartsWith(Prefix, StringComparison.Ordinal), RequestFrameReader.Read(bytes, out _) is FrameReadStatus.Invalid);
                if (!message.StartsWith(Prefix, StringComparison.Ordinal))
                    continue;
                var diagnosis = RequestFrameDiagnosis.Of(bytes);
                Assert.Equal(message[Prefix.Length..], diagnosis.Errors);
                Assert.Equal(answer.GetProperty("id").GetRawText(), Encoding.UTF8.GetString(diagnosis.IdJson.Span));
                compared++;
            }
        }
        Assert.True(compared >= 2, "The recordings hold two invalid frames after connect.");
    }

    [Fact]
    public void Names_Recordings_AreThere() => Assert.Equal(80, Transcript.Names.Count);

    private static IEnumerable<(JsonElement Request, JsonElement Answer)> Exchanges(Transcript session)
    {
        var used = new HashSet<int>();
        for (var i = 0; i < session.Lines.Count; i++)
        {
            var sent = session.Lines[i];
            if (sent is not { Direction: "c2s", Frame: { ValueKind: JsonValueKind.Object } request } || !request.TryGetProperty("id", out var id))
                continue;
            for (var j = i + 1; j < session.Lines.Count; j++)
            {
                var line = session.Lines[j];
                if (line is not { Direction: "s2c", Frame: { } answer } || line.Connection != sent.Connection || !answer.TryGetProperty("id", out var answered)
                    || answered.GetRawText() != id.GetRawText() || !used.Add(j))
                    continue;
                yield return (request, answer);
                break;
            }
        }
    }

    // Found by the method after its params had the right shape.
    private static bool IsBeyondTheSchema(string message) =>
        !message.Contains(" must ", StringComparison.Ordinal) && !message.Contains("unexpected property", StringComparison.Ordinal);

    // Nodes send null for what they leave out, and an object where its text belongs; the gateway puts that right first.
    private static bool IsRepairedBefore(MethodContract method, JsonElement given) =>
        method == GatewayMethods.NodeInvokeResult && given.TryGetProperty("payloadJSON", out var text) && text.ValueKind is not JsonValueKind.String;

    private static bool IsDecidedBefore(string message) =>
        message.StartsWith("missing scope", StringComparison.Ordinal)
        || message.StartsWith("unauthorized role", StringComparison.Ordinal)
        || message.Contains("first request", StringComparison.Ordinal);

    private static byte[] Utf8(JsonElement frame) => Encoding.UTF8.GetBytes(frame.GetRawText());
}
