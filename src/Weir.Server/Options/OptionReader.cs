using System.Globalization;

namespace Weir.Server.Options;

/// <summary>Reads one option after the other and collects what is wrong: a user hears of it all at once.</summary>
internal sealed class OptionReader(IConfigurationSection section, List<string>? problems = null)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public List<string> Problems { get; } = problems ?? [];

    public string Text(string name, string fallback) => Given(name) ?? fallback;

    public long Number(string name, long fallback, long min, long max)
    {
        if (Given(name) is not { } text) return fallback;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max)
            return number;
        Complain(name, text, $"give a whole number from {min} to {max}");
        return fallback;
    }

    public int Integer(string name, int fallback, int min, int max) => (int)Number(name, fallback, min, max);

    public bool Flag(string name)
    {
        if (Given(name) is not { } text) return false;
        if (bool.TryParse(text, out var flag)) return flag;
        Complain(name, text, "give true or false");
        return false;
    }

    public string OneOf(string name, params string[] choices)
    {
        var text = Text(name, choices[0]);
        if (choices.Contains(text)) return text;
        Complain(name, text, $"give {string.Join(" or ", choices)}");
        return choices[0];
    }

    public IEnumerable<IConfigurationSection> Sections(string name)
    {
        _known.Add(name);
        return section.GetSection(name).GetChildren();
    }

    /// <summary>The options in a section of their own.</summary>
    public OptionReader Below(string name)
    {
        _known.Add(name);
        return new OptionReader(section.GetSection(name), Problems);
    }

    public void Complain(string name, string value, string remedy) =>
        Problems.Add($"{section.Path}:{name} is '{value}': {remedy}.");

    /// <summary>A misspelt option would silently be none: it is named instead.</summary>
    public void RefuseUnknown()
    {
        foreach (var child in section.GetChildren())
        {
            if (!_known.Contains(child.Key))
                Problems.Add($"{child.Path} is no option; there are {string.Join(", ", _known.Order())}.");
        }
    }

    private string? Given(string name)
    {
        _known.Add(name);
        return section[name];
    }
}
