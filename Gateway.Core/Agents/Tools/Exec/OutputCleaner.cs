using System.Text;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>
/// Takes control characters and terminal sequences out of a command's output. It remembers where it was, as a sequence may be
/// cut between two reads.
/// </summary>
internal sealed class OutputCleaner
{
    private const char Escape = '\u001B';

    private State _state;

    public string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (_state)
            {
                case State.Text when c == Escape:
                    _state = State.Escaped;
                    break;
                case State.Text:
                    if (c is '\n' or '\r' or '\t' || !char.IsControl(c))
                        clean.Append(c);
                    break;
                case State.Escaped:
                    _state = c switch
                    {
                        '[' => State.Sequence,
                        ']' => State.Title,
                        '(' or ')' or '#' or '%' => State.OneMore,
                        _ => State.Text,
                    };
                    break;
                case State.Sequence:
                    if (c is >= '@' and <= '~')
                        _state = State.Text;
                    break;
                case State.Title:
                    if (c == '\a')
                        _state = State.Text;
                    else if (c == Escape)
                        _state = State.OneMore;
                    break;
                case State.OneMore:
                    _state = State.Text;
                    break;
            }
        }
        return clean.ToString();
    }

    private enum State
    {
        Text,
        Escaped,
        Sequence,
        Title,
        OneMore,
    }
}
