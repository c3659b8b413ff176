using System.Text;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>A command line that is nothing but plain commands joined by <c>|</c>, <c>&amp;&amp;</c>, <c>||</c> and <c>;</c>.</summary>
internal sealed record CommandAnalysis(IReadOnlyList<IReadOnlyList<string>> Commands, IReadOnlyList<string> Operators)
{
    /// <summary>
    /// Null when the line uses anything else of the shell's language: variables, substitutions, redirects, patterns, comments,
    /// background jobs. Such a line means what the shell makes of it, and only a person can approve it.
    /// </summary>
    public static CommandAnalysis? Parse(string line) => new Parser(line).Run();

    /// <summary>
    /// The line again with every word quoted, and programs by their full path: the shell can read it in one way only, the one
    /// that was checked.
    /// </summary>
    public static string Quote(IReadOnlyList<IReadOnlyList<string>> commands, IReadOnlyList<string> operators)
    {
        var line = new StringBuilder();
        for (var i = 0; i < commands.Count; i++)
        {
            if (i > 0)
                line.Append(' ').Append(operators[i - 1]).Append(' ');
            line.AppendJoin(' ', commands[i].Select(QuoteWord));
        }
        return line.ToString();
    }

    private static string QuoteWord(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private sealed class Parser(string line)
    {
        /// <summary>Characters with a meaning of their own when they are not quoted.</summary>
        private const string Special = "$`(){}<>*?[]~#!\n\r\0";

        private readonly List<IReadOnlyList<string>> _commands = [];
        private readonly List<string> _operators = [];
        private readonly StringBuilder _word = new();
        private List<string> _current = [];
        private bool _inWord;
        private int _at;

        public CommandAnalysis? Run()
        {
            while (_at < line.Length)
            {
                if (!Step(line[_at]))
                    return null;
            }
            EndWord();
            return EndCommand() ? new CommandAnalysis(_commands, _operators) : null;
        }

        private bool Step(char c)
        {
            switch (c)
            {
                case ' ' or '\t':
                    EndWord();
                    _at++;
                    return true;
                case '\'':
                    return TakeSingleQuoted();
                case '"':
                    return TakeDoubleQuoted();
                case '\\':
                    return TakeEscaped();
                case '|' or '&' or ';':
                    return TakeOperator();
                default:
                    if (Special.Contains(c, StringComparison.Ordinal) || char.IsControl(c))
                        return false;
                    Add(c);
                    _at++;
                    return true;
            }
        }

        private bool TakeSingleQuoted()
        {
            var end = line.IndexOf('\'', _at + 1);
            if (end < 0)
                return false;
            _word.Append(line, _at + 1, end - _at - 1);
            _inWord = true;
            _at = end + 1;
            return true;
        }

        private bool TakeDoubleQuoted()
        {
            _inWord = true;
            for (_at++; _at < line.Length; _at++)
            {
                switch (line[_at])
                {
                    case '"':
                        _at++;
                        return true;
                    case '$' or '`' or '\0':
                        return false;
                    case '\\' when _at + 1 < line.Length && line[_at + 1] is '"' or '\\':
                        _word.Append(line[++_at]);
                        break;
                    case '\\' when _at + 1 < line.Length && line[_at + 1] is '$' or '`' or '\n':
                        return false;
                    case var c:
                        _word.Append(c);
                        break;
                }
            }
            return false;
        }

        private bool TakeEscaped()
        {
            if (_at + 1 >= line.Length || char.IsControl(line[_at + 1]))
                return false;
            Add(line[_at + 1]);
            _at += 2;
            return true;
        }

        private bool TakeOperator()
        {
            var two = _at + 1 < line.Length ? line.Substring(_at, 2) : "";
            var op = two is "&&" or "||" ? two : line[_at] is '|' or ';' && two is not (";;" or "|&" or ";&") ? line[_at].ToString() : null;
            if (op is null)
                return false;
            EndWord();
            if (!EndCommand())
                return false;
            _operators.Add(op);
            _at += op.Length;
            return true;
        }

        private void Add(char c)
        {
            _word.Append(c);
            _inWord = true;
        }

        private void EndWord()
        {
            if (_inWord)
                _current.Add(_word.ToString());
            _word.Clear();
            _inWord = false;
        }

        /// <summary>False for an empty command and for one that begins with an assignment.</summary>
        private bool EndCommand()
        {
            if (_current.Count == 0 || _current[0].Length == 0 || _current[0].Contains('=', StringComparison.Ordinal))
                return false;
            _commands.Add(_current);
            _current = [];
            return true;
        }
    }
}
