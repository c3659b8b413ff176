using System.Text;
using System.Text.Json;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Frames;

/// <summary>Messages that no client should send, made from ones that clients did send. The same seed makes the same messages.</summary>
internal sealed class FrameMutations(int seed)
{
    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\ud83e\\udd9e", "\\u0000", "null", "true", "-0", "1e999", "0.1e-999",
            "\"type\":\"req\",", "\"type\":\"res\",", "\"ty\\u0070e\":\"req\",", "\"id\":1,", "\"id\":\"\",", "\"id\":\"\\ud83d\",", "\"method\":\"\",",
            "\"method\":\"\\u0063onnect\",", "\"method\":null,", "\"params\":[],", "\"params\":null,", "\"extra\":{},", "\"\":0,", "\"traceparent\":\"00-a-b-01\",",
            "\"traceparent\":7,", "\"expectedProfileId\":\"p\",", "\"expectedProfileId\":{},", " \t\r\n", "//", "\uFEFF", "\u2028", "🦞", "\0",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
        Encoding.UTF8.GetBytes($"\"traceparent\":\"{new string('é', 128)}\","),
        Encoding.UTF8.GetBytes($"\"traceparent\":\"{new string('x', 129)}\","),
        Encoding.UTF8.GetBytes($"\"expectedProfileId\":\"{new string('x', 300)}\","),
        Encoding.UTF8.GetBytes(new string('9', 400)),
    ];

    private readonly Random _random = new(seed);
    private readonly byte[][] _real = RealFrames();

    /// <summary>The next message.</summary>
    public byte[] Next() => _random.Next(100) switch
    {
        < 5 => Pick(_real),
        < 15 => RandomBytes(),
        < 20 => Nested(_random.Next(700)),
        < 25 => Shuffled(),
        < 45 => WithFragmentAfterBrace(),
        _ => Mutated(),
    };

    /// <summary>A frame of about <paramref name="size"/> bytes.</summary>
    public byte[] Large(int size)
    {
        var filler = Pick(["x", "é", "🦞", "\\ud83d", "\\ud83e\\udd9e", "\\\\", "\\\"", "\uFFFD"]);
        var text = new StringBuilder("{\"type\":\"req\",\"id\":\"1\",\"method\":\"m\",\"params\":{\"t\":\"", size + 64);
        while (text.Length < size)
            text.Append(filler);
        var bytes = Encoding.UTF8.GetBytes(text.Append("\"}}").ToString());
        if (_random.Next(2) == 0)
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return bytes;
    }

    private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

    private byte[] RandomBytes()
    {
        var bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        if (bytes.Length > 0 && _random.Next(2) == 0)
            bytes[0] = (byte)'{';
        return bytes;
    }

    private static byte[] Nested(int depth) =>
        Encoding.UTF8.GetBytes("{\"type\":\"req\",\"id\":\"n\",\"method\":\"m\",\"params\":" + new string('[', depth) + new string(']', depth) + "}");

    private byte[] WithFragmentAfterBrace()
    {
        var frame = Pick(_real).ToList();
        for (var count = _random.Next(1, 4); count > 0; count--)
            frame.InsertRange(1, Pick(Fragments));
        return [.. frame];
    }

    private byte[] Shuffled()
    {
        var members = new List<string> { "\"type\":\"req\"", "\"id\":\"7\"", "\"method\":\"status\"", "\"params\":{}", "\"traceparent\":\"t\"", "\"expectedProfileId\":\"p\"", "\"x\":1", "\"id\":7", "\"type\":7", "\"method\":7" };
        for (var drop = _random.Next(members.Count); drop > 0; drop--)
            members.RemoveAt(_random.Next(members.Count));
        return Encoding.UTF8.GetBytes("{" + string.Join(',', members.OrderBy(_ => _random.Next())) + "}");
    }

    private byte[] Mutated()
    {
        var bytes = Pick(_real).ToList();
        for (var count = _random.Next(1, 5); count > 0; count--)
        {
            var at = _random.Next(bytes.Count + 1);
            var length = Math.Min(_random.Next(1, 12), bytes.Count - at);
            switch (_random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.AddRange(Pick(_real));
                    break;
                default:
                    bytes.InsertRange(at, Pick(Fragments));
                    break;
            }
        }
        return [.. bytes];
    }

    private static byte[][] RealFrames() =>
    [
        .. from name in Transcript.Names
           from line in Transcript.Load(name).Lines
           where line is { Direction: "c2s", Frame: { ValueKind: JsonValueKind.Object } }
           let frame = Encoding.UTF8.GetBytes(line.Frame!.Value.GetRawText())
           where frame.Length < 2000
           select frame,
    ];
}
