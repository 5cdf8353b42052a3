"""What the made-up people of sample_data write: by topic, as a front desk gets it. And saved texts to try."""

from inquiries.models import CannedText

USE = CannedText.Use

MESSAGES = {
    "article": [
        "I read your page on kyphoplasty. My mother broke a vertebra three weeks ago. Is it too late?",
        "Your article says to ask about blood thinners. I take Eliquis. Do I stop it before I come in?",
        "Thank you for the page on sciatica, it's the first one I understood. Do you also treat the neck?",
        "The article says most fractures heal without a procedure. How do you decide who needs one?",
        "You write that somebody has to drive me home. Can it be a taxi? I live alone.",
        "I printed the page about back pain for my father. Do you have it in Spanish too?",
        "It says bone cement stays in for good. Does it set off the scanner at the airport?",
        "I'd like to read more about osteoporosis before my visit. Which page do you recommend?",
    ],
    "condition": [
        "My lower back hurts when I sit at work. Standing is fine. It's been four months now.",
        "A pain shoots from my hip to my left foot, mostly at night. I've tried heat and ibuprofen.",
        "My neck has been stiff since a car accident in August. I turn my whole body to look sideways.",
        "I had a compression fracture last year and the pain has come back, lower down this time.",
        "Walking more than ten minutes is hard. I lean on the shopping cart and then it gets better.",
        "My shoulder aches since I painted the garage. I'm 61. Is that something you look at?",
        "Me duele la espalda desde hace seis meses. ¿Atienden en español?",
        "Both my knees hurt, and my doctor says it's arthritis. He thinks an injection might help.",
    ],
    "treatment": [
        "The injection in June helped for three months and wore off. How soon can I have another one?",
        "What does a nerve block feel like? I'm nervous, and I'd like to know before I say yes.",
        "My sister had radiofrequency at another clinic and liked it. Do you do that?",
        "I've been offered surgery. I'd like to hear what else there is first.",
        "How long will I be off work after kyphoplasty? I'm a roofer.",
        "Do you prescribe physical therapy, or do I need my family doctor for that?",
        "I'm allergic to contrast dye. Can I still have the injection?",
        "Does the procedure hurt, and will I be asleep?",
    ],
    "appointment": [
        "Could I get an appointment next week? Mornings are best, I can't drive in the dark.",
        "I have to move my visit on Tuesday, my ride fell through. Any day after that works.",
        "How long is the wait for a first visit? I can come on short notice.",
        "I'd like to bring my daughter along, she remembers things better than I do. Is that all right?",
        "Is my appointment at the main office or the north office? I lost the card.",
        "Please call me back in the afternoon to set up a first visit. I clean houses until two.",
        "Necesito una cita para mi esposo, él no habla inglés.",
        "I missed your call twice, sorry. I'm home all day tomorrow.",
    ],
    "referral": [
        "My family doctor said she sent you a referral last week. Did you get it?",
        "Do I need a referral, or can I just make an appointment?",
        "My MRI is on a disc. Can I bring it along, or do you need it before?",
        "Dr. Madeup's office says they faxed my records twice. Please tell me if they arrived.",
        "I've moved here from another state. How do I get my old records to you?",
        "My physical therapist told me to ask you for a second opinion.",
    ],
    "billing": [
        "Do you take Medicare with a supplement? I'd like to know before I come.",
        "I got a bill for $85 and I thought my insurance paid. Who can explain it to me?",
        "What would a first visit cost me? I'm between jobs and have no insurance right now.",
        "Can I pay the rest in two parts?",
        "My insurance changed on the first. Where do I send the new card?",
        "They tell me I need prior authorization for the injection. Do you do that, or do I?",
    ],
    "other": [
        "Where do I park at the north office? I use a walker.",
        "I left my glasses in the waiting room this morning. Brown case.",
        "Please thank the nurse who held my hand on Thursday. I don't know her name.",
        "Is there an elevator? My husband is in a wheelchair.",
        "You sent me a text about a visit, but I've never been your patient. Wrong number?",
        "Could you send the after-visit sheet again? My dog ate it, honestly.",
        "I need a note for work that says when I can lift again.",
    ],
}
# The reason, and what its sender wrote.
URGENT = [
    ("leg weakness", "Since yesterday my right leg gives way. I can't lift my foot off the floor any more."),
    ("numbness between the legs", "I'm numb between my legs since this morning, and can't feel when I go."),
    ("fever after a procedure", "I have a fever of 102 since last night, five days after my injection."),
]
# Title: use and text.
TEXTS = {
    "Sample: leave a voicemail": (
        USE.CALL,
        "Hello, this is {my_name} from {clinic}. Please call us back at {clinic_phone}. Thank you.",
    ),
    "Sample: we tried to call": (
        USE.REPLY,
        "Hello {name}, we tried to call you about your message. Please call us at {clinic_phone}"
        " and give your reference, {reference}. {my_name}, {clinic}",
    ),
    "Sample: records requested": (USE.NOTE, "Asked the referring office for the records of {name}."),
}
