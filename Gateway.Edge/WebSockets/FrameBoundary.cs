using System.Buffers.Binary;

namespace OpenClaw.Gateway.Edge.WebSockets;

/// <summary>Follows a stream of WebSocket frames by their headers, to know where one ends. Payloads are skipped, not read.</summary>
internal struct FrameBoundary
{
    private const int CloseOpcode = 8;
    private const int MaxHeader = 14;

    private HeaderBytes _header;
    private int _headerLength;
    private ulong _payloadLeft;
    private bool _isClose;

    [System.Runtime.CompilerServices.InlineArray(MaxHeader)]
    private struct HeaderBytes
    {
        private byte _first;
    }

    /// <summary>True between two frames: another one may be put in here.</summary>
    public readonly bool IsAt => _headerLength == 0 && _payloadLeft == 0;

    /// <summary>True once a close frame began: no frame may follow it.</summary>
    public readonly bool SawClose => _isClose;

    /// <summary>Follows all of <paramref name="bytes"/>, or only up to the first boundary. Returns how many bytes that was.</summary>
    public int Advance(ReadOnlySpan<byte> bytes, bool stopAtBoundary = false)
    {
        var position = 0;
        while (position < bytes.Length && !(stopAtBoundary && IsAt))
        {
            if (_payloadLeft > 0)
            {
                var skipped = (int)Math.Min(_payloadLeft, (ulong)(bytes.Length - position));
                _payloadLeft -= (ulong)skipped;
                position += skipped;
                continue;
            }
            _header[_headerLength++] = bytes[position++];
            if (_headerLength >= 2 && _headerLength == HeaderLength())
                EndHeader();
        }
        return position;
    }

    private readonly int HeaderLength() => 2 + ((_header[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 }) + ((_header[1] & 0x80) != 0 ? 4 : 0);

    private void EndHeader()
    {
        ReadOnlySpan<byte> header = _header;
        _payloadLeft = (header[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(header[2..]),
            var length => (ulong)length,
        };
        _isClose |= (header[0] & 0x0F) == CloseOpcode;
        _headerLength = 0;
    }
}
