using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Onboarding.Steps;

/// <summary>What a step wants.</summary>
public enum WizardStepKind
{
    /// <summary>To be read; any answer goes on.</summary>
    Note,

    /// <summary>One of its options.</summary>
    Select,

    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Yes or no.</summary>
    Confirm,

    /// <summary>Any of its options.</summary>
    MultiSelect,
}

/// <summary>One of several answers.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Label">For people.</param>
/// <param name="Hint">What else there is to know about it.</param>
public sealed record WizardOption(string Value, string Label, string? Hint = null);

/// <summary>One question of a wizard, for whoever shows it: a terminal, or a client over the WebSocket.</summary>
/// <param name="Kind">What it wants.</param>
public sealed record WizardStep(WizardStepKind Kind)
{
    /// <summary>Longest text, in characters: far above any path, address or key.</summary>
    private const int MaxText = 4096;

    /// <summary>Its name, for the answer.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Heading of a note.</summary>
    public string? Title { get; init; }

    /// <summary>The question, or the note.</summary>
    public string? Message { get; init; }

    /// <summary>What there is to choose from.</summary>
    public IReadOnlyList<WizardOption> Options { get; init; } = [];

    /// <summary>The answer when nobody gives another one: text, a truth value, or a list of texts.</summary>
    public JsonNode? InitialValue { get; init; }

    /// <summary>An example of a text.</summary>
    public string? Placeholder { get; init; }

    /// <summary>The text is a secret, not to be shown.</summary>
    public bool Sensitive { get; init; }

    /// <summary>What is wrong with a text, or null.</summary>
    public Func<string, string?> Validate { get; init; } = static _ => null;

    /// <summary>What is wrong with an answer, or null.</summary>
    /// <param name="answer">As it came; anything.</param>
    public string? ProblemOf(JsonElement? answer) => Kind switch
    {
        WizardStepKind.Note => null,
        WizardStepKind.Confirm => answer?.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "expected true or false",
        WizardStepKind.Select => answer is { ValueKind: JsonValueKind.String } one && Has(one) ? null : "expected one of: " + Values,
        WizardStepKind.MultiSelect => answer is { ValueKind: JsonValueKind.Array } several && several.GetArrayLength() <= Options.Count && several.EnumerateArray().All(Has)
            ? null
            : "expected a list of: " + Values,
        _ => answer is { ValueKind: JsonValueKind.String } text ? ProblemOf(text.GetString()!) : "expected text",
    };

    /// <summary>The step as clients get it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["id"] = Id, ["type"] = Kind.ToString().ToLowerInvariant() };
        if (Title is not null)
            json["title"] = Title;
        if (Message is not null)
            json["message"] = Message;
        if (Options.Count > 0)
            json["options"] = new JsonArray([.. Options.Select(static option => Describe(option))]);
        if (InitialValue is not null)
            json["initialValue"] = InitialValue.DeepClone();
        if (Placeholder is not null)
            json["placeholder"] = Placeholder;
        if (Sensitive)
            json["sensitive"] = true;
        json["executor"] = "client";
        return json;
    }

    private string Values => string.Join(", ", Options.Select(static option => option.Value));

    private bool Has(JsonElement value) => value.ValueKind is JsonValueKind.String && Options.Any(option => value.ValueEquals(option.Value));

    private string? ProblemOf(string text)
    {
        if (text.Length > MaxText)
            return $"expected at most {MaxText} characters";
        return text.Any(char.IsControl) ? "expected one line without control characters" : Validate(text.Trim());
    }

    private static JsonNode Describe(WizardOption option)
    {
        var json = new JsonObject { ["value"] = option.Value, ["label"] = option.Label };
        if (option.Hint is not null)
            json["hint"] = option.Hint;
        return json;
    }
}
