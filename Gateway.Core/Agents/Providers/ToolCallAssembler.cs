using System.Text;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Tools;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Puts the fragments of one streamed tool call together.</summary>
internal sealed class ToolCallAssembler
{
    /// <summary>Most characters of one call's arguments: a file to write fits many times.</summary>
    private const int MaxArgumentChars = 8 * 1024 * 1024;

    private readonly StringBuilder _arguments = new();

    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public void Append(string fragment)
    {
        if (_arguments.Length + fragment.Length > MaxArgumentChars)
            throw new ModelCallException(ModelFailures.TooLarge(MaxArgumentChars));
        _arguments.Append(fragment);
    }

    /// <summary>The whole call. Arguments that are no JSON object make a call that carries the error.</summary>
    public FunctionCallContent Build()
    {
        var (arguments, error) = CallArguments.Read(PairedText.Mend(_arguments.ToString()));
        return arguments is null ? Broken(error!) : ContentExtensions.ToolCall(Id, Name, arguments);
    }

    private FunctionCallContent Broken(string error)
    {
        var call = ContentExtensions.ToolCall(Id, Name, []);
        call.Exception = new FormatException(error);
        return call;
    }
}
